import type { ChannelResponse } from './errors.ts'

/** What GoPay answered, where Midtrans hands it on. */
export const channelFields = (response: ChannelResponse | undefined) =>
  response && { channel_response_code: response.code, channel_response_message: response.message }
