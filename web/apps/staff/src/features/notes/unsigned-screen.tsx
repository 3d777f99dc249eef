import type { NoteLine } from '@chairside/api'
import { Badge, Empty, Segmented } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { Page } from '@/shell/page'
import { unsignedQuery } from './queries'

/** What waits for a signature: one's own drafts, and what one is asked to sign, too. */
export function UnsignedScreen({ whose }: { whose?: 'everybody' }) {
  const t = useTranslations('notes.unsigned')
  const navigate = useNavigate({ from: '/c/$clinic/unsigned-notes' })
  const oversees = useMay('notes.oversee')
  const everybody = oversees && whose === 'everybody'
  const unsigned = useQuery(unsignedQuery(useSlug(), everybody))
  return (
    <Page
      title={t('title')}
      about={t('about')}
      end={
        oversees && (
          <Segmented
            label={t('whose')}
            value={everybody ? 'everybody' : 'mine'}
            onChange={next => navigate({ search: next === 'everybody' ? { whose: 'everybody' } : {}, replace: true })}
            choices={[
              { value: 'mine', label: t('mine') },
              { value: 'everybody', label: t('everybody') },
            ]}
          />
        )
      }
    >
      <Answer to={unsigned}>
        {found => {
          if (!found || found.drafts.length + found.to_cosign.length === 0)
            return <Empty icon={CircleCheck} title={t('none')} about={t('noneAbout')} />
          return (
            <div className="grid gap-6">
              <Lines title={t('toCosign')} notes={found.to_cosign} />
              <Lines title={t('drafts')} notes={found.drafts} />
            </div>
          )
        }}
      </Answer>
    </Page>
  )
}

function Lines({ title, notes }: { title: string; notes: NoteLine[] }) {
  const t = useTranslations('notes')
  const clinic = useSlug()
  const writing = useWriting()
  if (notes.length === 0) return null
  return (
    <section className="grid gap-2">
      <h2 className="flex items-center gap-2 font-medium text-sm">
        {title} <Badge>{notes.length}</Badge>
      </h2>
      <ul className="divide-y rounded-lg border bg-card">
        {notes.map(note => (
          <li key={note.id}>
            <Link
              to="/c/$clinic/patients/$patient"
              params={{ clinic, patient: note.patient_id }}
              search={{ tab: 'notes' }}
              className="grid gap-0.5 px-4 py-2.5 text-sm hover:bg-accent"
            >
              <span className="flex flex-wrap items-baseline gap-x-3">
                <bdi className="font-medium">
                  {note.last_name}, {note.first_name}
                </bdi>
                <bdi className="text-muted-foreground">{note.title || t(`kinds.${note.kind}`)}</bdi>
                <span className="ms-auto text-muted-foreground text-xs">
                  {t('by', { day: writing.dayOf(note.created_at), name: note.author_name ?? '–' })}
                </span>
              </span>
              <bdi className="line-clamp-1 text-muted-foreground">{note.excerpt}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
