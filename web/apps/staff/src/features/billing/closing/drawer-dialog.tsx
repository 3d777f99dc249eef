import type { Drawer } from '@chairside/api'
import { Button, Dialog, DialogFoot, Field, Kbd, notify } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { MoneyField } from '@/features/catalog'
import { useSlug, useWriting } from '@/lib/clinic'
import { carefulKeys } from '@/lib/enter'
import { FormTrouble, useForm } from '@/lib/form'
import { readAmount } from '@/lib/money'
import { useOnce } from '@/lib/once'
import { setDrawer } from './writes'

/** What stays in the drawer overnight, and the account that the deposit slip names. */
export function DrawerDialog({ drawer, onClose }: { drawer: Drawer; onClose: () => void }) {
  const t = useTranslations('day.drawer')
  const states = useTranslations('states')
  const clinic = useSlug()
  const { currency } = useWriting()
  const once = useOnce()
  const form = useForm({
    fieldOf: ({ pointer }) => pointer.slice(1).replace(/\/.*$/, ''),
    check: ({ text }) => ({ float: (readAmount(text('float') || '0', currency) ?? -1) < 0 ? t('notAnAmount') : undefined }),
    async save({ text }) {
      const float = { amount: readAmount(text('float') || '0', currency) ?? 0, currency }
      await once(setDrawer(clinic, drawer, { float, bank_account: text('bank_account') || null }))
      notify({ tone: 'ok', title: t('saved') })
      onClose()
    },
  })
  return (
    <Dialog open onClose={onClose} title={t('settings')} about={t('settingsAbout')} close={states('close')} className="max-w-md">
      <form {...form.props} onKeyDown={carefulKeys(form)}>
        <div className="grid gap-4 px-5 pt-4 pb-5">
          <FormTrouble form={form} />
          <MoneyField {...form.field('float')} label={t('float')} amount={drawer.settings.float.amount} autoFocus />
          <Field
            {...form.field('bank_account')}
            label={t('account')}
            hint={t('accountHint')}
            defaultValue={drawer.settings.bank_account ?? ''}
            maxLength={200}
            dir="auto"
            autoComplete="off"
          />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy}>
            {t('save')} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
