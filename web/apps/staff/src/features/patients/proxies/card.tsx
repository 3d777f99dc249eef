import type { Patient, Representative } from '@chairside/api'
import { Button, Card } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Paperclip, Pencil, Plus, RotateCcw, UserX } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { proxiesQuery, restoreProxy, revokeProxy } from './writes'

const ProxySheet = lazy(() => import('./sheet').then(one => ({ default: one.ProxySheet })))

/** Who acts for the patient, until when and in what; and for whom the patient acts. */
export function ProxiesCard({ patient }: { patient: Patient }) {
  const t = useTranslations('proxies')
  const clinic = useSlug()
  const mayWrite = useMay('patients.write') && !patient.archived_at
  const proxies = useQuery(proxiesQuery(clinic, patient.id))
  const [open, setOpen] = useState<{ proxy?: Representative }>()
  const tell = useTell()
  const regret = useRegret()

  async function put(proxy: Representative, revoked: boolean) {
    try {
      const now = await send((revoked ? revokeProxy : restoreProxy)(clinic, proxy))
      const back = revoked ? restoreProxy : revokeProxy
      tell(t(revoked ? 'didRevoke' : 'did', { name: proxy.name }), () => send(back(clinic, now)))
    } catch (error) {
      regret(error)
    }
  }
  return (
    <Card
      title={t('title')}
      end={
        mayWrite && (
          <Button size="sm" variant="ghost" onClick={() => setOpen({})}>
            <Plus aria-hidden /> {t('add')}
          </Button>
        )
      }
    >
      <Answer to={proxies} compact>
        {found => (
          <div className="grid gap-3 px-4 py-3 text-sm">
            {found.items.length === 0 && <p className="text-muted-foreground">{t('none')}</p>}
            {found.items.length > 0 && (
              <ul className="grid gap-3">
                {found.items.map(proxy => (
                  <One key={proxy.id} proxy={proxy} name={proxy.name} leads={proxy.holder_id}>
                    {mayWrite && proxy.state !== 'revoked' && (
                      <>
                        <Button
                          size="icon"
                          variant="ghost"
                          aria-label={t('edit', { name: proxy.name })}
                          onClick={() => setOpen({ proxy })}
                        >
                          <Pencil />
                        </Button>
                        <Button
                          size="icon"
                          variant="ghost"
                          aria-label={t('revokeOf', { name: proxy.name })}
                          onClick={() => void put(proxy, true)}
                        >
                          <UserX />
                        </Button>
                      </>
                    )}
                    {mayWrite && proxy.state === 'revoked' && (
                      <Button
                        size="icon"
                        variant="ghost"
                        aria-label={t('restoreOf', { name: proxy.name })}
                        onClick={() => void put(proxy, false)}
                      >
                        <RotateCcw />
                      </Button>
                    )}
                  </One>
                ))}
              </ul>
            )}
            {found.acts_for.length > 0 && (
              <>
                <h3 className="font-medium text-muted-foreground text-xs">{t('actsFor')}</h3>
                <ul className="grid gap-3">
                  {found.acts_for.map(proxy => (
                    <One key={proxy.id} proxy={proxy} name={proxy.patient_name} leads={proxy.patient_id} />
                  ))}
                </ul>
              </>
            )}
          </div>
        )}
      </Answer>
      {open && (
        <Suspense>
          <ProxySheet patient={patient} proxy={open.proxy} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </Card>
  )
}

type OneProps = { proxy: Representative; name: string; leads: string | null; children?: ReactNode }

function One({ proxy, name, leads, children }: OneProps) {
  const t = useTranslations('proxies')
  const clinic = useSlug()
  const over = proxy.state !== 'in_force' && proxy.state !== 'to_come'
  const reached = [proxy.phone, proxy.email].filter(Boolean)
  return (
    <li className="flex items-start gap-2">
      <span className="me-auto grid min-w-0 justify-items-start gap-0.5">
        {leads ? (
          <Link
            to="/c/$clinic/patients/$patient"
            params={{ clinic, patient: leads }}
            search={{}}
            className="font-medium underline-offset-4 hover:underline"
          >
            <bdi>{name}</bdi>
          </Link>
        ) : (
          <bdi className="font-medium">{name}</bdi>
        )}
        <span className="text-muted-foreground text-xs">
          {t(`relationships.${proxy.relationship}`)} · <Standing proxy={proxy} />
        </span>
        {!over && (
          <span className="text-muted-foreground text-xs">{proxy.scopes.map(scope => t(`scopes.${scope}`)).join(' · ')}</span>
        )}
        {reached.map(way => (
          <bdi key={way} dir="ltr" className="text-xs">
            {way}
          </bdi>
        ))}
        {proxy.proof_file && (
          <span className="inline-flex min-w-0 items-center gap-1 text-muted-foreground text-xs">
            <Paperclip aria-hidden className="size-3 shrink-0" />
            <bdi className="truncate">{proxy.proof_file.name}</bdi>
          </span>
        )}
        {proxy.proof && <bdi className="whitespace-pre-wrap text-muted-foreground text-xs">{proxy.proof}</bdi>}
      </span>
      {children}
    </li>
  )
}

function Standing({ proxy }: { proxy: Representative }) {
  const t = useTranslations('proxies')
  const writing = useWriting()
  if (proxy.state === 'revoked') return t('states.revoked', { day: proxy.revoked_at ? writing.dayOf(proxy.revoked_at) : '' })
  if (proxy.state === 'to_come') return t('states.to_come', { day: writing.day(proxy.starts_on) })
  const day = proxy.last_on ? writing.day(proxy.last_on) : ''
  if (proxy.state === 'in_force') return day ? t('states.until', { day }) : t('states.in_force')
  return t(`states.${proxy.state}`, { day })
}
