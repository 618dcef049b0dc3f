import type { Locale } from '../settings.ts'
import type { Complaint } from '../verifications/operations.ts'

/** What a payer reads. `{x}` stands for a value of the page. */
export interface Texts {
  readonly sandboxMark: string
  readonly merchant: string
  readonly phone: string
  readonly order: string
  readonly amount: string
  readonly expires: string
  readonly next: string
  readonly decline: string
  readonly back: string
  readonly consent: { readonly title: string; readonly lead: string; readonly submit: string }
  readonly askPhone: { readonly title: string; readonly lead: string; readonly label: string }
  readonly name: { readonly title: string; readonly lead: string; readonly label: string }
  readonly otp: { readonly title: string; readonly lead: string; readonly label: string }
  readonly pin: { readonly title: string; readonly lead: string; readonly label: string; readonly pay: string }
  readonly newPin: { readonly title: string; readonly lead: string; readonly label: string }
  readonly scan: { readonly title: string; readonly lead: string; readonly waiting: string; readonly open: string }
  /** Page of a linked account, in the stand-in for the app. */
  readonly account: {
    readonly title: string
    readonly lead: string
    readonly unlink: string
    readonly changePhone: string
    readonly gone: string
  }
  readonly endings: Readonly<Record<Ending, { readonly title: string; readonly lead: string }>>
  readonly complaints: Readonly<Record<Complaint, string>>
}

/** How a page can end. */
export type Ending =
  | 'linked'
  | 'paid'
  | 'denied'
  | 'declined'
  | 'failed'
  | 'expired'
  | 'closed'
  | 'used'
  | 'unknown'
  | 'broken'

const indonesian: Texts = {
  sandboxMark: 'Sandbox: bukan uang sungguhan',
  merchant: 'Merchant',
  phone: 'Nomor HP',
  order: 'Pesanan',
  amount: 'Total bayar',
  expires: 'Berlaku sampai',
  next: 'Lanjut',
  decline: 'Batalkan',
  back: 'Kembali ke merchant',
  consent: {
    title: 'Hubungkan GoPay',
    lead: 'Merchant ini ingin menagih pembayaran dari akun GoPay kamu.',
    submit: 'Setuju dan hubungkan',
  },
  askPhone: {
    title: 'Bayar dengan GoPay',
    lead: 'Ini aplikasi tiruan. Siapa yang membayar? Isi nomor HP-nya.',
    label: 'Nomor HP',
  },
  name: {
    title: 'Buat akun GoPay',
    lead: 'Nomor ini belum terdaftar. Isi nama untuk membuat akun GoPay sandbox.',
    label: 'Nama lengkap',
  },
  otp: { title: 'Masukkan OTP', lead: 'Kode dikirim ke nomor di bawah ini.', label: 'Kode OTP' },
  pin: { title: 'Masukkan PIN', lead: 'Konfirmasi dengan PIN GoPay kamu.', label: 'PIN', pay: 'Bayar' },
  newPin: { title: 'Buat PIN', lead: 'Pilih 6 angka untuk akun GoPay barumu.', label: 'PIN baru' },
  scan: {
    title: 'Konfirmasi di aplikasi',
    lead: 'Pindai kode ini dengan HP kamu untuk membuka aplikasi tiruan, lalu konfirmasi di sana.',
    waiting: 'Menunggu konfirmasi. Halaman ini akan berlanjut sendiri.',
    open: 'Buka aplikasi di sini',
  },
  account: {
    title: 'Merchant terhubung',
    lead: 'Merchant ini boleh menagih pembayaran dari akun GoPay kamu.',
    unlink: 'Putuskan hubungan',
    changePhone: 'Saya ganti nomor HP',
    gone: 'Akun GoPay kamu tidak lagi terhubung dengan merchant ini.',
  },
  endings: {
    linked: { title: 'GoPay terhubung', lead: 'Akun GoPay kamu sudah terhubung dengan merchant ini.' },
    paid: { title: 'Pembayaran berhasil', lead: 'Merchant sudah menerima pembayaranmu.' },
    denied: { title: 'Pembayaran ditolak', lead: 'GoPay menolak pembayaran ini, misalnya karena saldo tidak cukup.' },
    declined: { title: 'Dibatalkan', lead: 'Kamu membatalkan permintaan ini. Tidak ada yang ditagih.' },
    failed: { title: 'Terlalu banyak percobaan', lead: 'Tiga jawaban salah. Mulai lagi dari merchant.' },
    expired: { title: 'Tautan kedaluwarsa', lead: 'Waktunya sudah habis. Mulai lagi dari merchant.' },
    closed: { title: 'Tidak berlaku lagi', lead: 'Permintaan ini sudah berakhir. Tidak ada yang ditagih.' },
    used: { title: 'Tautan sudah dipakai', lead: 'Tautan ini hanya bisa dibuka satu kali. Mulai lagi dari merchant.' },
    unknown: {
      title: 'Tautan tidak dikenal',
      lead: 'Emulator tidak mengenal tautan ini. Mungkin sandbox sudah direset.',
    },
    broken: { title: 'Terjadi kesalahan', lead: 'Halaman ini tidak bisa ditampilkan. Mulai lagi dari merchant.' },
  },
  complaints: {
    'wrong-otp': 'Kode OTP salah. Coba lagi.',
    'wrong-pin': 'PIN salah. Coba lagi.',
    'name-missing': 'Isi nama kamu dulu.',
    'pin-format': 'PIN harus 6 angka.',
    'unknown-phone': 'Nomor ini tidak punya akun GoPay di sandbox ini.',
  },
}

const english: Texts = {
  sandboxMark: 'Sandbox: no real money',
  merchant: 'Merchant',
  phone: 'Phone number',
  order: 'Order',
  amount: 'Amount',
  expires: 'Valid until',
  next: 'Continue',
  decline: 'Cancel',
  back: 'Back to the merchant',
  consent: {
    title: 'Link GoPay',
    lead: 'This merchant asks to take payments from your GoPay account.',
    submit: 'Agree and link',
  },
  askPhone: {
    title: 'Pay with GoPay',
    lead: 'This stands in for the app. Who pays? Enter the phone number.',
    label: 'Phone number',
  },
  name: {
    title: 'Create a GoPay account',
    lead: 'This number is not registered yet. Enter a name to create a sandbox GoPay account.',
    label: 'Full name',
  },
  otp: { title: 'Enter the OTP', lead: 'A code was sent to the number below.', label: 'OTP code' },
  pin: { title: 'Enter your PIN', lead: 'Confirm with your GoPay PIN.', label: 'PIN', pay: 'Pay' },
  newPin: { title: 'Create a PIN', lead: 'Choose 6 digits for your new GoPay account.', label: 'New PIN' },
  scan: {
    title: 'Confirm in the app',
    lead: 'Scan this code with your phone to open the stand-in for the app, and confirm there.',
    waiting: 'Waiting for you to confirm. This page goes on by itself.',
    open: 'Open the app here',
  },
  account: {
    title: 'Linked merchant',
    lead: 'This merchant may take payments from your GoPay account.',
    unlink: 'Unlink',
    changePhone: 'I changed my phone number',
    gone: 'Your GoPay account is no longer linked with this merchant.',
  },
  endings: {
    linked: { title: 'GoPay is linked', lead: 'Your GoPay account is now linked with this merchant.' },
    paid: { title: 'Payment successful', lead: 'The merchant has received your payment.' },
    denied: { title: 'Payment denied', lead: 'GoPay denied this payment, for example because the balance is too low.' },
    declined: { title: 'Cancelled', lead: 'You cancelled this request. Nothing was charged.' },
    failed: { title: 'Too many tries', lead: 'Three wrong answers. Start again at the merchant.' },
    expired: { title: 'Link expired', lead: 'Its time is over. Start again at the merchant.' },
    closed: { title: 'No longer valid', lead: 'This request has ended meanwhile. Nothing was charged.' },
    used: { title: 'Link already used', lead: 'This link can be opened once only. Start again at the merchant.' },
    unknown: { title: 'Unknown link', lead: 'The emulator does not know this link. Perhaps its sandbox was reset.' },
    broken: { title: 'Something went wrong', lead: 'This page cannot be shown. Start again at the merchant.' },
  },
  complaints: {
    'wrong-otp': 'Wrong OTP. Please try again.',
    'wrong-pin': 'Wrong PIN. Please try again.',
    'name-missing': 'Please enter your name first.',
    'pin-format': 'A PIN has 6 digits.',
    'unknown-phone': 'This number has no GoPay account in this sandbox.',
  },
}

export const textsIn = (locale: Locale): Texts => (locale === 'en-EN' ? english : indonesian)
