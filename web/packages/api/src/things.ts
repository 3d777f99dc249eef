import type { AnswerOf, BodyOf, ItemOf, Operation, PathsWith } from './paths'

/** What the server's answers and questions are called in the app. The shapes come from the document alone. */
type Got<P extends PathsWith<'get'>> = AnswerOf<Operation<'get', P>>
type Listed<P extends PathsWith<'get'>> = ItemOf<Got<P>>
type Sent<V extends 'post' | 'patch' | 'put', P extends PathsWith<V>> = NonNullable<BodyOf<Operation<V, P>>>

export type Session = Got<'/session'>
export type Clinic = Got<'/clinics/{clinic}'>
export type Patient = Got<'/clinics/{clinic}/patients/{patient_id}'>
export type NewPatient = Sent<'post', '/clinics/{clinic}/patients'>
export type Contact = NonNullable<NewPatient['contacts']>[number]
export type Address = NonNullable<Patient['address']>
export type Duplicate = ItemOf<AnswerOf<Operation<'post', '/clinics/{clinic}/patients/duplicate-checks'>>>
export type Likeness = Sent<'post', '/clinics/{clinic}/patients/duplicate-checks'>
export type Provider = Listed<'/clinics/{clinic}/providers'>
export type Operatory = Listed<'/clinics/{clinic}/operatories'>
export type Service = Listed<'/clinics/{clinic}/services'>
export type Holiday = Listed<'/clinics/{clinic}/holidays'>
export type Schedule = Got<'/clinics/{clinic}/schedule'>
export type Week = Got<'/clinics/{clinic}/schedule/week'>
export type DayVisit = Schedule['appointments'][number]
export type DayPatient = DayVisit['patient']
export type Appointment = Listed<'/clinics/{clinic}/appointments'>
export type Status = 'requested' | 'scheduled' | 'confirmed' | 'arrived' | 'in_chair' | 'completed' | 'cancelled' | 'no_show'
export type Ledger = Got<'/clinics/{clinic}/patients/{patient_id}/ledger'>
export type Entry = Ledger['items'][number]
export type Charge = Listed<'/clinics/{clinic}/patients/{patient_id}/ledger/charges'>
export type NewCharge = Sent<'post', '/clinics/{clinic}/patients/{patient_id}/ledger/charges'>
export type Invoice = Got<'/clinics/{clinic}/invoices/{invoice_id}'>
export type InvoiceStatus = Invoice['status']
export type Payment = Got<'/clinics/{clinic}/payments/{payment_id}'>
export type NewPayment = Sent<'post', '/clinics/{clinic}/payments'>
export type Method = Payment['method']
export type Today = Got<'/clinics/{clinic}/reports/today'>
export type DayReport = Got<'/clinics/{clinic}/reports/day'>
export type Figure = DayReport['figures'][number]
export type DayLine = Listed<'/clinics/{clinic}/reports/day/lines'>
export type Drawer = Got<'/clinics/{clinic}/drawer'>
export type DayClose = Got<'/clinics/{clinic}/day-closes/{close_id}'>
export type DayCloseBrief = Listed<'/clinics/{clinic}/day-closes'>
export type NewDayClose = Sent<'post', '/clinics/{clinic}/day-closes'>
export type Import = Got<'/clinics/{clinic}/imports/{import_id}'>
export type ImportBrief = Listed<'/clinics/{clinic}/imports'>
export type Mapping = Sent<'put', '/clinics/{clinic}/imports/{import_id}/mapping'>
export type Money = { amount: number; currency: string }
export type Slot = { starts_at: string; ends_at: string; provider_id: string; operatory_id: string | null }
export type Weekly = Record<string, string[][]>
