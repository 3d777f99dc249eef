import type { Patient, PatientRecord } from '@chairside/api'
import { Button } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronLeft, Printer } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { nameOf, patientQuery } from '@/features/patients'
import { Answer } from '@/lib/answer'
import { useClinic, useSlug, useWriting } from '@/lib/clinic'
import { ChartPart } from './chart-part'
import { HistoryPart } from './history-part'
import { ImagesPart } from './images-part'
import { NotesPart } from './notes-part'
import { LabPart, PrescriptionsPart } from './orders-part'
import { PerioPart } from './perio-part'
import { PlansPart } from './plans-part'
import { recordQuery } from './queries'
import './record.css'

/** A patient's whole record on one page, to be read, printed, or kept as a PDF. */
export function RecordScreen({ id }: { id: string }) {
  const clinic = useSlug()
  const patient = useQuery(patientQuery(clinic, id))
  const record = useQuery(recordQuery(clinic, id))
  return (
    <div className="h-full overflow-y-auto">
      <Answer to={record}>
        {all => <Answer to={patient}>{one => all && one && <Whole patient={one} record={all} />}</Answer>}
      </Answer>
    </div>
  )
}

function Whole({ patient, record }: { patient: Patient; record: PatientRecord }) {
  const t = useTranslations('record')
  const { name: clinic } = useClinic()
  const slug = useSlug()
  const writing = useWriting()
  const title = t('title', { name: nameOf(patient) })
  return (
    <article className="record mx-auto grid max-w-5xl gap-8 px-6 pt-6 pb-16 max-sm:px-4">
      <title>{title}</title>
      <header className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <Link
          to="/c/$clinic/patients/$patient"
          params={{ clinic: slug, patient: patient.id }}
          className="inline-flex min-h-6 w-full items-center gap-1 text-muted-foreground text-sm hover:text-foreground print:hidden"
        >
          <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" /> {t('back')}
        </Link>
        <div className="me-auto grid gap-1">
          <h1 className="font-semibold text-xl tracking-tight rtl:tracking-normal">
            <bdi>{nameOf(patient)}</bdi>
          </h1>
          <p className="text-muted-foreground text-sm">
            {[
              patient.birth_date && t('born', { day: writing.day(patient.birth_date) }),
              patient.register_number && t('number', { number: patient.register_number }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <p className="text-muted-foreground text-sm">
            {t('drawn', { clinic, day: writing.dayOf(record.drawn_at), time: writing.time(record.drawn_at) })}
          </p>
        </div>
        <Button onClick={() => print()} className="print:hidden">
          <Printer aria-hidden /> {t('print')}
        </Button>
      </header>
      <p className="max-w-prose text-muted-foreground text-sm print:hidden">{t('about')}</p>
      {record.medical_history && <HistoryPart history={record.medical_history} />}
      {record.tooth_chart && <ChartPart patient={patient} chart={record.tooth_chart} />}
      {record.perio_exams && <PerioPart exams={record.perio_exams} />}
      {record.treatment_plans && <PlansPart plans={record.treatment_plans} />}
      {record.notes && <NotesPart notes={record.notes} />}
      {record.prescriptions && <PrescriptionsPart prescriptions={record.prescriptions} />}
      {record.lab_cases && <LabPart cases={record.lab_cases} />}
      {record.images && <ImagesPart images={record.images} />}
    </article>
  )
}
