import type { NoteSnippet, NoteTemplate } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, Empty } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { LayoutTemplate, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { Page, Row, Rows } from '@/shell/page'
import { snippetsQuery, templatesQuery } from '../queries'
import { SnippetSheet } from './snippet-sheet'
import { TemplateSheet } from './template-sheet'

type Open = { what: 'template'; one?: NoteTemplate } | { what: 'snippet'; one?: NoteSnippet }

/** What notes begin with, and short codes for longer words. */
export function TemplatesScreen() {
  const t = useTranslations('notes.templates')
  const kinds = useTranslations('notes.kinds')
  const group = useTranslations('shell.groups')('practice')
  const clinic = useSlug()
  const mayKeep = useMay('notes.templates')
  const mayWrite = useMay('notes.write')
  const templates = useQuery(templatesQuery(clinic))
  const snippets = useQuery(snippetsQuery(clinic))
  const [open, setOpen] = useState<Open>()
  const shut = () => setOpen(undefined)
  const mine = (one: NoteSnippet) => (one.owner_id ? mayWrite : mayKeep)
  useCommands(mayKeep ? [{ id: 'add-note-template', group, label: t('add'), run: () => setOpen({ what: 'template' }) }] : [])
  return (
    <Page
      title={t('title')}
      about={t('about')}
      end={
        mayKeep && (
          <Button onClick={() => setOpen({ what: 'template' })}>
            <Plus aria-hidden /> {t('add')} <Keys of="add-note-template" className="max-sm:hidden" />
          </Button>
        )
      }
    >
      <Answer to={templates}>
        {all =>
          all.length === 0 ? (
            <Empty icon={LayoutTemplate} title={t('none')} about={t('noneAbout')} />
          ) : (
            <Rows
              caption={t('list')}
              heads={[{ label: t('name') }, { label: t('code') }, { label: t('body'), className: 'max-md:hidden' }]}
            >
              {all.map(one => (
                <Row key={one.id} name={one.name} onOpen={mayKeep ? () => setOpen({ what: 'template', one }) : undefined}>
                  <td className="whitespace-nowrap text-muted-foreground">
                    <bdi>/{one.code}</bdi>
                  </td>
                  <td className="text-muted-foreground max-md:hidden">
                    <bdi className="line-clamp-1">
                      {kinds(one.kind)} · {one.body}
                    </bdi>
                  </td>
                </Row>
              ))}
            </Rows>
          )
        }
      </Answer>
      <section className="mt-8 grid gap-3">
        <div className="flex flex-wrap items-end gap-3">
          <div className="me-auto">
            <h2 className="font-semibold">{t('snippets')}</h2>
            <p className="text-muted-foreground text-sm">{t('snippetsAbout')}</p>
          </div>
          {(mayWrite || mayKeep) && (
            <Button variant="outline" onClick={() => setOpen({ what: 'snippet' })}>
              <Plus aria-hidden /> {t('addSnippet')}
            </Button>
          )}
        </div>
        <Answer to={snippets} compact>
          {all =>
            all.length === 0 ? (
              <p className="text-muted-foreground text-sm">{t('noSnippets')}</p>
            ) : (
              <Rows caption={t('snippets')} heads={[{ label: t('code') }, { label: t('body') }, { label: t('whose') }]}>
                {all.map(one => (
                  <Row
                    key={one.id}
                    name={`/${one.code}`}
                    onOpen={mine(one) ? () => setOpen({ what: 'snippet', one }) : undefined}
                  >
                    <td className="text-muted-foreground">
                      <bdi className="line-clamp-1">{one.body}</bdi>
                    </td>
                    <td className="whitespace-nowrap text-muted-foreground">{t(one.owner_id ? 'mine' : 'clinics')}</td>
                  </Row>
                ))}
              </Rows>
            )
          }
        </Answer>
      </section>
      {open?.what === 'template' && <TemplateSheet template={open.one} onClose={shut} />}
      {open?.what === 'snippet' && <SnippetSheet snippet={open.one} onClose={shut} />}
    </Page>
  )
}
