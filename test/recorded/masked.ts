/** What differs from run to run, by its form; the first pattern that fits counts. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/http:\/\/127\.0\.0\.1:\d+/g, '<origin>'],
  [/"[0-9a-f]{128}"/g, '"<signature>"'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, '<uuid>'],
  [/"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"/g, '"<time>"'],
  [/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/g, '"<iso>"'],
  [/"G\d{9}"/g, '"<merchant>"'],
]

/**
 * A JSON text with what differs from run to run replaced by the name of its form. Compared with a sample, it shows
 * wrong keys, a wrong order of keys, wrong types (a number is not masked), wrong formats and white space at once.
 */
export const masked = (text: string): string => forms.reduce((rest, [form, name]) => rest.replace(form, name), text)
