import type { SavedView } from '@chairside/api'
import { Badge, Button, Check, Dialog, Field, Kbd } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { CheckCheck, Replace, Trash2 } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { colleaguesQuery } from '@/lib/colleagues'
import { FormTrouble, useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useSession } from '@/lib/session'
import { useTell } from '@/lib/tell'
import type { Resources } from '../queries'
import type { ScheduleSearch } from '../schedule-screen'
import { isOfAWeek, isSame, lookOf, searchOf } from './look'
import { changeView, keepView, removeView, viewsQuery } from './writes'

type Props = {
  search: ScheduleSearch
  resources: Resources
  onLook: (next: Partial<ScheduleSearch>) => void
  onClose: () => void
}
/** As many as there are digits for. */
const DIGITS = 9

/** How the schedule is looked at: which columns of it, and the looks that have a name. */
export default function ViewsDialog({ search, resources, onLook, onClose }: Props) {
  const t = useTranslations('views')
  const states = useTranslations('states')
  const clinic = useSlug()
  const { principal } = useSession()
  const views = useQuery(viewsQuery(clinic))
  const tell = useTell()
  const regret = useRegret()
  const now = lookOf(search)
  const columns = (now.by === 'provider' ? resources.providers : resources.operatories).filter(one => one.active)
  const shown = columns.filter(one => !now.columns.length || now.columns.includes(one.id))
  const named = views.data?.find(view => isSame(view, now))

  const form = useForm({
    async save({ text, has }) {
      const kept = await send(keepView(clinic, { ...now, name: text('name'), shared: has('shared') }))
      tell(t('kept', { name: kept.name }), () => send(removeView(clinic, kept)))
      onClose()
    },
  })
  function show(id: string) {
    const next = columns.map(one => one.id).filter(one => (one === id) !== shown.some(each => each.id === one))
    if (next.length) onLook({ columns: next.length === columns.length ? undefined : next, visit: undefined })
  }
  function take(view: SavedView) {
    onLook({ ...searchOf(view), visit: undefined })
    onClose()
  }
  async function replace(view: SavedView) {
    const { view: shows, span, by, of, columns } = view
    try {
      const changed = await send(changeView(clinic, view, now))
      tell(t('replaced', { name: view.name }), () => send(changeView(clinic, changed, { view: shows, span, by, of, columns })))
    } catch (error) {
      regret(error)
    }
  }
  async function remove(view: SavedView) {
    const { name, shared, view: shows, span, by, of, columns } = view
    try {
      await send(removeView(clinic, view))
      tell(t('removed', { name }), () => send(keepView(clinic, { name, shared, view: shows, span, by, of, columns })))
    } catch (error) {
      regret(error)
    }
  }
  /** A digit takes the view that has it, unless it is being typed. */
  function keyed(event: KeyboardEvent) {
    const target = event.target as HTMLInputElement
    const typing = target.tagName === 'INPUT' && target.type !== 'checkbox'
    const view = views.data?.[Number(event.key) - 1]
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !view || Number(event.key) > DIGITS) return
    event.preventDefault()
    take(view)
  }
  return (
    <Dialog open onClose={onClose} title={t('title')} close={states('close')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons in it, each of which says its own */}
      <div className="grid gap-5 overflow-y-auto px-5 pt-3 pb-5" onKeyDown={keyed}>
        <Answer to={views} compact>
          {list => (
            <section className="grid gap-1">
              {list.length === 0 && <p className="text-muted-foreground text-sm">{t('none')}</p>}
              <ul>
                {list.map((view, index) => (
                  <li key={view.id} className="flex min-h-control items-center gap-1">
                    <Button
                      variant={view === named ? 'outline' : 'ghost'}
                      aria-pressed={view === named}
                      autoFocus={index === 0}
                      className="min-w-0 flex-1 justify-start"
                      onClick={() => take(view)}
                    >
                      {view === named && <CheckCheck aria-hidden />}
                      <bdi className="truncate">{view.name}</bdi>
                      {view.shared && view.member_id === principal.id && <Badge>{t('shared')}</Badge>}
                      {view.member_id !== principal.id && <Owner id={view.member_id} />}
                      {index < DIGITS && <Kbd keys={String(index + 1)} className="ms-auto" />}
                    </Button>
                    {view.member_id === principal.id && (
                      <>
                        <Button
                          size="icon"
                          variant="ghost"
                          aria-label={t('replace', { name: view.name })}
                          disabled={view === named}
                          onClick={() => void replace(view)}
                        >
                          <Replace />
                        </Button>
                        <Button
                          size="icon"
                          variant="ghost"
                          aria-label={t('remove', { name: view.name })}
                          onClick={() => void remove(view)}
                        >
                          <Trash2 />
                        </Button>
                      </>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          )}
        </Answer>
        {!isOfAWeek(now) && (
          <fieldset className="grid gap-2">
            <legend className="flex w-full items-center pb-2 font-medium text-sm">
              <span className="me-auto">{t('columns', { shown: shown.length, all: columns.length })}</span>
              {now.columns.length > 0 && (
                <Button size="sm" variant="ghost" onClick={() => onLook({ columns: undefined })}>
                  {t('all')}
                </Button>
              )}
            </legend>
            <div className="grid grid-cols-2 gap-x-4 gap-y-1.5 max-sm:grid-cols-1">
              {columns.map(one => (
                <Check
                  key={one.id}
                  label={one.name}
                  checked={shown.includes(one)}
                  disabled={shown.length === 1 && shown.includes(one)}
                  onChange={() => show(one.id)}
                />
              ))}
            </div>
          </fieldset>
        )}
        <form {...form.props} className="grid gap-3 border-t pt-4">
          <FormTrouble form={form} />
          <div className="flex items-end gap-2">
            <Field
              {...form.field('name')}
              label={t('keepAs')}
              hint={named && t('already', { name: named.name })}
              required
              maxLength={60}
              className="flex-1"
            />
            <Button type="submit" disabled={form.busy}>
              {states('save')}
            </Button>
          </div>
          <Check name="shared" label={t('forAll')} />
        </form>
      </div>
    </Dialog>
  )
}

function Owner({ id }: { id: string }) {
  const colleagues = useQuery(colleaguesQuery(useSlug())).data
  return (
    <bdi className="truncate font-normal text-muted-foreground text-xs">
      {colleagues?.find(one => one.id === id)?.name ?? '–'}
    </bdi>
  )
}
