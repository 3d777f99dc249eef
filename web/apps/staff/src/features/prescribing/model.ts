import type { Favourite, NewFavourite, NewPrescription, Prescription } from '@chairside/api'

export const FORMS = [
  ...(['tablet', 'capsule', 'lozenge', 'suspension', 'solution'] as const),
  ...(['mouthwash', 'drops', 'spray', 'gel', 'ointment'] as const),
]
export type Form = (typeof FORMS)[number]

/** What the quantity of a form counts. */
export const unitOf = (form: Form) =>
  form === 'tablet' || form === 'capsule' || form === 'lozenge' ? 'piece' : form === 'gel' || form === 'ointment' ? 'g' : 'ml'

/** What a prescription says, as the form holds it. */
export type Facts = Required<NewPrescription>

export const factsOf = (one: Prescription | Favourite, provider_id = ''): Facts => ({
  drug: one.drug,
  form: one.form,
  strength: one.strength,
  dose: one.dose,
  times_a_day: one.times_a_day,
  days: one.days,
  directions: one.directions,
  quantity: one.quantity,
  refills: one.refills,
  generic_allowed: 'generic_allowed' in one ? one.generic_allowed : true,
  provider_id: 'provider_id' in one ? one.provider_id : provider_id,
})

export const favouriteOf = ({ provider_id: _, generic_allowed: __, ...facts }: Facts): NewFavourite => facts

/** Nothing but a name: what is typed becomes the drug. */
export const blank = (drug: string, provider_id: string): Facts => ({
  drug,
  form: 'tablet',
  strength: '',
  dose: '',
  times_a_day: null,
  days: null,
  directions: null,
  quantity: 0,
  refills: 0,
  generic_allowed: true,
  provider_id,
})

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Favourites whose words begin with each of the typed ones, at most eight. */
export function found(typed: string, all: Favourite[]): Favourite[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean)
  return all
    .filter(one => {
      const words = plain(`${one.drug} ${one.strength}`).split(/[\s/]+/)
      return wanted.every(part => words.some(word => word.startsWith(part)))
    })
    .slice(0, 8)
}
