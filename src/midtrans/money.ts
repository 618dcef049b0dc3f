/** Rupiah as whole numbers; IDR has no smaller unit in use. */
export type Rupiah = number

/** As in answers and notifications: "100000.00". */
export const wireAmount = (amount: Rupiah): string => `${amount}.00`

/** As people in Indonesia write it: "Rp100.000". */
export const displayAmount = (amount: Rupiah): string => `Rp${String(amount).replace(/\B(?=(\d{3})+$)/g, '.')}`
