import type { Import, Mapping } from '@chairside/api'

export const TARGETS = [
  'register_number',
  'full_name',
  'first_name',
  'middle_name',
  'last_name',
  'preferred_name',
  'birth_date',
  'sex',
  'phone_mobile',
  'phone_home',
  'phone_work',
  'email',
  'address_line1',
  'address_line2',
  'city',
  'region',
  'postal_code',
  'country',
  'guarantor',
  'status',
  'balance',
  'note',
  'ignore',
] as const
export type TargetName = (typeof TARGETS)[number]
/** Any number of columns may be left out or go into the note; everything else is filled by one. */
const MANY: readonly string[] = ['ignore', 'note']

export const ENCODINGS = [
  ['utf-8', 'UTF-8'],
  ['utf-16', 'UTF-16'],
  ['cp1252', 'Windows-1252'],
  ['cp1250', 'Windows-1250'],
  ['cp1251', 'Windows-1251'],
  ['cp1253', 'Windows-1253'],
  ['cp1254', 'Windows-1254'],
  ['cp1255', 'Windows-1255'],
  ['cp1256', 'Windows-1256'],
  ['cp1257', 'Windows-1257'],
  ['mac-roman', 'Mac Roman'],
] as const
export const SEPARATORS = [',', ';', '\t', '|'] as const
export const ORDERS = ['dmy', 'mdy', 'ymd'] as const
export const MARKS = ['.', ','] as const

/** One column read as something else. Who had that before gives it up, or the server would refuse both. */
export function retarget(one: Pick<Import, 'columns' | 'mapping'>, column: string, target: string): Mapping {
  const holder = MANY.includes(target) ? undefined : one.columns.find(other => other.target === target && other.name !== column)
  const columns = { ...one.mapping.columns, ...(holder ? { [holder.name]: 'ignore' } : {}), [column]: target }
  return { ...one.mapping, columns }
}

/** What a person should look at before it runs: codes without a meaning, guesses that may be wrong. */
export function doubts({ guesses, columns }: Pick<Import, 'guesses' | 'columns'>) {
  const unsure = (one: { confidence: string } | undefined) => one?.confidence === 'unsure'
  return {
    reading: !!guesses && [guesses.encoding, guesses.separator, guesses.date_order, guesses.decimal_mark].some(unsure),
    columns: columns.some(unsure),
    codes: !!guesses && [...guesses.sexes, ...guesses.statuses].some(code => code.meaning === null),
  }
}

/** Where in its way a file is: chosen, checked, brought in. */
export const stepOf = (status: Import['status']) =>
  status === 'created' || status === 'failed' || status === 'uploaded'
    ? 0
    : status === 'analysed'
      ? 1
      : status === 'running'
        ? 2
        : 3
