import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { Page } from '@/shell/page'
import { CascadeForm } from './cascade-form'
import { settingsQuery, templatesQuery } from './queries'
import { TemplateList } from './template-list'

/** When patients are reminded, how, and in which words. */
export function RemindersScreen() {
  const t = useTranslations('messages')
  const clinic = useSlug()
  const settings = useQuery(settingsQuery(clinic))
  const templates = useQuery(templatesQuery(clinic))
  return (
    <Page title={t('reminders')} about={t('remindersAbout')}>
      <div className="grid gap-8">
        <Answer to={settings}>{settings => <CascadeForm key={settings.version} settings={settings} />}</Answer>
        <section aria-label={t('templates')} className="grid gap-3">
          <div>
            <h2 className="font-semibold text-base">{t('templates')}</h2>
            <p className="max-w-prose text-muted-foreground text-sm">{t('templatesAbout')}</p>
          </div>
          <Answer to={templates}>{({ items, fields }) => <TemplateList templates={items} fields={fields} />}</Answer>
        </section>
      </div>
    </Page>
  )
}
