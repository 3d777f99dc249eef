import { Button, Empty, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Smartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FrontPage } from '@/features/identity'
import { Answer } from '@/lib/answer'
import { FormTrouble, useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { phoneQuery } from './queries'
import { answerText } from './writes'

/** Development only: texts that would have gone out, and a way to answer them. In production the server knows no such address. */
export function PhoneScreen() {
  const t = useTranslations('messages')
  const texts = useQuery(phoneQuery)
  return (
    <FrontPage title={t('phone')} about={t('phoneAbout')}>
      <div className="-mx-8 mt-6 border-t max-sm:-mx-5">
        <Answer to={texts}>
          {texts =>
            texts.length === 0 ? (
              <Empty icon={Smartphone} title={t('phoneEmpty')} />
            ) : (
              <ul>
                {texts.map(text => (
                  <li
                    key={text.id}
                    className="grid grid-cols-[minmax(0,1fr)] gap-2 border-b px-8 py-4 text-sm last:border-b-0 max-sm:px-5"
                  >
                    <span className="flex flex-wrap gap-x-2 text-muted-foreground text-xs">
                      <bdi>{text.sender}</bdi> → <bdi dir="ltr">{text.number}</bdi>
                    </span>
                    <p dir="auto" className="wrap-anywhere w-fit max-w-full whitespace-pre-wrap rounded-lg bg-muted px-3 py-2">
                      {text.body}
                    </p>
                    <AnswerForm id={text.id} />
                  </li>
                ))}
              </ul>
            )
          }
        </Answer>
      </div>
    </FrontPage>
  )
}

function AnswerForm({ id }: { id: string }) {
  const t = useTranslations('messages')
  const [sent, count] = useState(0)
  const form = useForm({
    async save({ text }) {
      await send(answerText(id, text('text')))
      count(sent + 1)
    },
  })
  return (
    <form {...form.props} className="grid gap-2">
      <FormTrouble form={form} />
      <div className="flex items-end gap-2">
        <Field key={sent} {...form.field('text')} label={t('answer')} className="flex-1" required dir="auto" autoComplete="off" />
        <Button type="submit" variant="outline" disabled={form.busy}>
          {t('send')}
        </Button>
      </div>
      {sent > 0 && <output className="text-muted-foreground text-xs">{t('answered')}</output>}
    </form>
  )
}
