import { change, type Drawer, type Money, type NewDayClose } from '@chairside/api'

const touches = ['drawer', 'day-closes', 'today']

export const closeDay = (clinic: string, body: NewDayClose) =>
  change('post', '/clinics/{clinic}/day-closes', { params: { clinic }, touches, body })

export const reopenDay = (clinic: string, close_id: string, reason: string) =>
  change('post', '/clinics/{clinic}/day-closes/{close_id}/reversal', { params: { clinic, close_id }, touches, body: { reason } })

export type DrawerSettings = { float: Money; bank_account: string | null }
export const setDrawer = (clinic: string, { settings }: Drawer, body: DrawerSettings) =>
  change('put', '/clinics/{clinic}/drawer', {
    params: { clinic },
    version: settings.version || undefined,
    touches: ['drawer'],
    body,
  })
