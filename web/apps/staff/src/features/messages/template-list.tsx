import type { MessageTemplate } from '@chairside/api'
import { Field } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useMay } from '@/lib/clinic'
import { Row, Rows } from '@/shell/page'
import { TemplateSheet } from './template-sheet'

/** What is said, in one language at a time. */
export function TemplateList({ templates, fields }: { templates: MessageTemplate[]; fields: string[] }) {
  const t = useTranslations('messages')
  const mayWrite = useMay('clinic.write')
  const languages = [...new Set(templates.map(one => one.language))]
  const [language, setLanguage] = useState(languages[0] ?? 'en')
  const [open, setOpen] = useState<MessageTemplate>()
  return (
    <>
      <Field
        label={t('language')}
        className="max-w-60"
        value={language}
        onChange={event => setLanguage(event.target.value as 'en')}
        choices={languages.map((one): [string, string] => [one, t(`languages.${one}`)])}
      />
      <Rows
        caption={t('templates')}
        heads={[{ label: t('occasion') }, { label: t('by') }, { label: t('words'), className: 'max-sm:hidden' }]}
      >
        {templates
          .filter(one => one.language === language)
          .map(one => (
            <Row
              key={`${one.kind} ${one.channel}`}
              name={t(`kinds.${one.kind}`)}
              onOpen={mayWrite ? () => setOpen(one) : undefined}
            >
              <td className="whitespace-nowrap">{t(`channels.${one.channel}`)}</td>
              <td className="text-muted-foreground max-sm:hidden">
                <bdi className="line-clamp-2">{one.body}</bdi>
                {one.own && <span className="text-xs">{t('own')}</span>}
              </td>
            </Row>
          ))}
      </Rows>
      {open && <TemplateSheet template={open} fields={fields} onClose={() => setOpen(undefined)} />}
    </>
  )
}
