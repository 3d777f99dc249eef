import { change, type Licence, type Operatory, type Provider, type Weekly } from '@chairside/api'

/** The grid, the lists and the hours all follow from these. */
const touches = ['resources', 'schedule', 'hours', 'overrides', 'holidays', 'licences']

type ProviderFacts = {
  name: string
  title?: string | null
  npi?: string | null
  dea?: string | null
  timezone?: string | null
  operatory_id?: string | null
  member_id?: string | null
  assists?: boolean
  active?: boolean
}

export const addProvider = (clinic: string, body: ProviderFacts) =>
  change('post', '/clinics/{clinic}/providers', { params: { clinic }, touches, body })

export const changeProvider = (clinic: string, { id, version }: Pick<Provider, 'id' | 'version'>, body: Partial<ProviderFacts>) =>
  change('patch', '/clinics/{clinic}/providers/{provider_id}', {
    params: { clinic, provider_id: id },
    thing: id,
    version,
    touches,
    body,
  })

type LicenceFacts = { authority: string; number: string; expires_on?: string | null }

export const addLicence = (clinic: string, provider_id: string, body: LicenceFacts) =>
  change('post', '/clinics/{clinic}/providers/{provider_id}/licences', {
    params: { clinic, provider_id },
    touches: ['licences'],
    body,
  })

export const changeLicence = (clinic: string, { id, version }: Pick<Licence, 'id' | 'version'>, body: LicenceFacts) =>
  change('patch', '/clinics/{clinic}/licences/{licence_id}', {
    params: { clinic, licence_id: id },
    thing: id,
    version,
    touches: ['licences'],
    body,
  })

export const removeLicence = (clinic: string, { id, version }: Pick<Licence, 'id' | 'version'>) =>
  change('delete', '/clinics/{clinic}/licences/{licence_id}', {
    params: { clinic, licence_id: id },
    thing: id,
    version,
    touches: ['licences'],
  })

const signed = (clinic: string, provider_id: string) => ({ params: { clinic, provider_id }, touches: ['signatures'] })
export const keepSignature = (clinic: string, provider_id: string, picture: string) =>
  change('put', '/clinics/{clinic}/providers/{provider_id}/signature', { ...signed(clinic, provider_id), body: { picture } })
export const removeSignature = (clinic: string, provider_id: string) =>
  change('delete', '/clinics/{clinic}/providers/{provider_id}/signature', signed(clinic, provider_id))

/** `secret`: the address in the answer is kept nowhere. */
export const makeFeed = (clinic: string, provider_id: string) =>
  change('post', '/clinics/{clinic}/providers/{provider_id}/calendar-feeds', {
    params: { clinic, provider_id },
    touches: ['calendar-feeds'],
    secret: true,
  })

export const revokeFeed = (clinic: string, feed_id: string) =>
  change('delete', '/clinics/{clinic}/calendar-feeds/{feed_id}', { params: { clinic, feed_id }, touches: ['calendar-feeds'] })

const busy = ['outside-calendars', 'schedule', 'openings']

/** `secret`: whoever has the address can read the calendar. */
export const addOutsideCalendar = (clinic: string, provider_id: string, body: { name: string; address: string }) =>
  change('post', '/clinics/{clinic}/providers/{provider_id}/outside-calendars', {
    params: { clinic, provider_id },
    touches: busy,
    secret: true,
    body,
  })

/** Leads to whoever keeps it: nothing is connected until somebody comes back. */
export const goToCalendar = (
  clinic: string,
  provider_id: string,
  kind: 'google' | 'microsoft',
  body: { name: string; back: 'providers' | 'account' },
) =>
  change('post', '/clinics/{clinic}/providers/{provider_id}/outside-calendars/{kind}', {
    params: { clinic, provider_id, kind },
    touches: [],
    body,
  })

export const removeOutsideCalendar = (clinic: string, outside_id: string) =>
  change('delete', '/clinics/{clinic}/outside-calendars/{outside_id}', { params: { clinic, outside_id }, touches: busy })

export const restoreOutsideCalendar = (clinic: string, outside_id: string) =>
  change('post', '/clinics/{clinic}/outside-calendars/{outside_id}/restoration', {
    params: { clinic, outside_id },
    touches: busy,
  })

export const askOutsideCalendar = (clinic: string, outside_id: string) =>
  change('post', '/clinics/{clinic}/outside-calendars/{outside_id}/refresh', {
    params: { clinic, outside_id },
    touches: ['outside-calendars'],
  })

export const addOperatory = (clinic: string, name: string) =>
  change('post', '/clinics/{clinic}/operatories', { params: { clinic }, touches, body: { name } })

export const changeOperatory = (
  clinic: string,
  { id, version }: Pick<Operatory, 'id' | 'version'>,
  body: { name?: string; active?: boolean; position?: number },
) =>
  change('patch', '/clinics/{clinic}/operatories/{operatory_id}', {
    params: { clinic, operatory_id: id },
    thing: id,
    version,
    touches,
    body,
  })

/** The usual week; null for a provider who follows the clinic. `version` is absent while none was ever set. */
export const setClinicHours = (clinic: string, weekly: Weekly, version?: number) =>
  change('put', '/clinics/{clinic}/hours', { params: { clinic }, version: version || undefined, touches, body: { weekly } })

export const setProviderHours = (clinic: string, provider_id: string, weekly: Weekly | null, version?: number) =>
  change('put', '/clinics/{clinic}/providers/{provider_id}/hours', {
    params: { clinic, provider_id },
    version: version || undefined,
    touches,
    body: { weekly },
  })

export const addOverride = (
  clinic: string,
  provider_id: string,
  body: { date: string; blocks: string[][]; reason?: string | null },
) => change('post', '/clinics/{clinic}/providers/{provider_id}/overrides', { params: { clinic, provider_id }, touches, body })

export const removeOverride = (clinic: string, provider_id: string, override_id: string) =>
  change('delete', '/clinics/{clinic}/providers/{provider_id}/overrides/{override_id}', {
    params: { clinic, provider_id, override_id },
    touches,
  })

export const addVacation = (
  clinic: string,
  provider_id: string,
  body: { first_on: string; last_on: string; reason?: string | null },
) => change('post', '/clinics/{clinic}/providers/{provider_id}/vacations', { params: { clinic, provider_id }, touches, body })

export const removeVacation = (clinic: string, provider_id: string, vacation_id: string) =>
  change('delete', '/clinics/{clinic}/providers/{provider_id}/vacations/{vacation_id}', {
    params: { clinic, provider_id, vacation_id },
    touches,
  })

export const addTravel = (clinic: string, provider_id: string, body: { first_on: string; last_on: string; timezone: string }) =>
  change('post', '/clinics/{clinic}/providers/{provider_id}/travels', { params: { clinic, provider_id }, touches, body })

export const removeTravel = (clinic: string, provider_id: string, travel_id: string) =>
  change('delete', '/clinics/{clinic}/providers/{provider_id}/travels/{travel_id}', {
    params: { clinic, provider_id, travel_id },
    touches,
  })

/** Whose public holidays are suggested from now on, like DE-BY. */
export const keepRegion = (here: { id: string; slug: string; version: number }, holiday_region: string | null) =>
  change('patch', '/clinics/{clinic}', {
    params: { clinic: here.slug },
    thing: here.id,
    version: here.version,
    touches: ['clinic', 'holidays'],
    body: { holiday_region },
  })

/** Several at once; the answer names those that were none before. */
export const addHolidays = (clinic: string, holidays: { date: string; name: string }[]) =>
  change('post', '/clinics/{clinic}/holiday-choices', { params: { clinic }, touches, body: { holidays } })

export const addHoliday = (clinic: string, body: { date: string; name: string }) =>
  change('post', '/clinics/{clinic}/holidays', { params: { clinic }, touches, body })

export const removeHoliday = (clinic: string, holiday_id: string) =>
  change('delete', '/clinics/{clinic}/holidays/{holiday_id}', { params: { clinic, holiday_id }, touches })
