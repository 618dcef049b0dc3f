import type { Locale } from '../../settings.ts'
import type { PanelPress } from './panel-operations.ts'

/** What a customer reads on the Snap page, besides what all pages of payers say. `{x}` stands for a value of the page. */
export interface SnapTexts {
  readonly total: string
  readonly items: string
  readonly choose: { readonly title: string }
  readonly wallet: { readonly linked: string; readonly balance: string; readonly pay: string }
  readonly link: { readonly title: string; readonly lead: string; readonly label: string; readonly submit: string }
  readonly qr: { readonly title: string; readonly lead: string; readonly submit: string }
  readonly notEmulated: string
  readonly nothing: string
  readonly confirm: { readonly title: string; readonly lead: string; readonly submit: string }
  readonly scan: { readonly title: string; readonly lead: string }
  readonly back: string
  readonly retry: string
  readonly endings: Readonly<
    Record<'paid' | 'denied' | 'canceled' | 'expired' | 'wrongKey', { readonly title: string; readonly lead: string }>
  >
  readonly complaints: Readonly<Record<Complaint, string>>
  readonly panel: Readonly<Record<PanelPress, string>>
}

/** Why what the customer wanted did not happen. */
export type Complaint = 'refused' | 'phone-refused' | 'denied' | 'payment-over' | 'gone'

export const snapTextsIn = (locale: Locale): SnapTexts => (locale === 'en-EN' ? english : indonesian)

const english: SnapTexts = {
  total: 'Total',
  items: 'Order details',
  choose: { title: 'How would you like to pay?' },
  wallet: { linked: 'GoPay is linked', balance: 'Balance', pay: 'Pay now' },
  link: {
    title: 'Link GoPay and pay',
    lead: 'Link once; from the next time on you pay without the app.',
    label: 'GoPay phone number',
    submit: 'Link GoPay',
  },
  qr: { title: 'GoPay by QR code', lead: 'Scan a code, or open the app on this phone.', submit: 'Show the QR code' },
  notEmulated: 'Not in the emulator',
  nothing: 'The merchant offers no payment type that this emulator has.',
  confirm: {
    title: 'Confirm with your PIN',
    lead: 'GoPay asks for your PIN before it pays.',
    submit: 'Enter the PIN',
  },
  scan: { title: 'Scan to pay', lead: 'Scan this code with your phone to open the stand-in for the app.' },
  back: 'Pay another way',
  retry: 'You can try again.',
  endings: {
    paid: { title: 'Payment successful', lead: 'The merchant has received your payment.' },
    denied: { title: 'Payment denied', lead: 'GoPay denied this payment. Start again at the merchant.' },
    canceled: { title: 'No longer valid', lead: 'The merchant has cancelled this order. Nothing was charged.' },
    expired: { title: 'Page expired', lead: 'Its time is over. Start again at the merchant.' },
    wrongKey: {
      title: 'Wrong client key',
      lead: 'The page that loaded snap.js names the client key {found}; this transaction belongs to {expected}. GET /__admin/settings shows the right one.',
    },
  },
  complaints: {
    refused: 'GoPay did not accept this. Nothing was charged.',
    'phone-refused': 'GoPay cannot link this number.',
    denied: 'GoPay denied the payment, for example because the balance is too low.',
    'payment-over': 'The last try has ended without a payment.',
    gone: 'GoPay is not linked any more.',
  },
  panel: {
    finish: 'Pay, right to the end',
    deny: 'GoPay denies it',
    cancel: 'The merchant cancels',
    expire: 'Time is up',
  },
}

const indonesian: SnapTexts = {
  total: 'Total',
  items: 'Rincian pesanan',
  choose: { title: 'Mau bayar dengan apa?' },
  wallet: { linked: 'GoPay sudah terhubung', balance: 'Saldo', pay: 'Bayar sekarang' },
  link: {
    title: 'Hubungkan GoPay dan bayar',
    lead: 'Cukup sekali; selanjutnya Anda membayar tanpa membuka aplikasi.',
    label: 'Nomor HP GoPay',
    submit: 'Hubungkan GoPay',
  },
  qr: {
    title: 'GoPay dengan kode QR',
    lead: 'Pindai kode, atau buka aplikasinya di ponsel ini.',
    submit: 'Tampilkan kode QR',
  },
  notEmulated: 'Tidak ada di emulator',
  nothing: 'Merchant tidak menawarkan jenis pembayaran yang ada di emulator ini.',
  confirm: {
    title: 'Konfirmasi dengan PIN',
    lead: 'GoPay meminta PIN Anda sebelum membayar.',
    submit: 'Masukkan PIN',
  },
  scan: { title: 'Pindai untuk membayar', lead: 'Pindai kode ini dengan ponsel untuk membuka pengganti aplikasi.' },
  back: 'Bayar dengan cara lain',
  retry: 'Anda bisa mencoba lagi.',
  endings: {
    paid: { title: 'Pembayaran berhasil', lead: 'Merchant sudah menerima pembayaran Anda.' },
    denied: { title: 'Pembayaran ditolak', lead: 'GoPay menolak pembayaran ini. Mulai lagi di merchant.' },
    canceled: { title: 'Tidak berlaku lagi', lead: 'Merchant membatalkan pesanan ini. Saldo tidak terpotong.' },
    expired: { title: 'Halaman kedaluwarsa', lead: 'Waktunya sudah habis. Mulai lagi di merchant.' },
    wrongKey: {
      title: 'Client key salah',
      lead: 'Halaman yang memuat snap.js menyebut client key {found}; transaksi ini milik {expected}. GET /__admin/settings menunjukkan yang benar.',
    },
  },
  complaints: {
    refused: 'GoPay tidak menerima ini. Saldo tidak terpotong.',
    'phone-refused': 'GoPay tidak bisa menghubungkan nomor ini.',
    denied: 'GoPay menolak pembayaran, misalnya karena saldo kurang.',
    'payment-over': 'Percobaan terakhir berakhir tanpa pembayaran.',
    gone: 'GoPay sudah tidak terhubung.',
  },
  panel: {
    finish: 'Bayar sampai selesai',
    deny: 'GoPay menolak',
    cancel: 'Merchant membatalkan',
    expire: 'Waktu habis',
  },
}

/** Ways of the page that say something else at the end. */
export type SnapEnding = keyof SnapTexts['endings']
