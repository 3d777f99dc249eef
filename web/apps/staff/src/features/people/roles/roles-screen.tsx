import type { Role } from '@chairside/api'
import { Button } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { ShieldPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { Page, Row, Rows } from '@/shell/page'
import { rolesQuery } from '../queries'
import { useRoleWords } from '../use-role-words'
import { Matrix } from './matrix'
import { RemoveDialog } from './remove-dialog'
import { RoleSheet } from './role-sheet'

type Open = { role?: Role; from?: Role; removing?: Role }

/** The roles of the product and of the clinic, who has them, and what each permits beside the others. */
export function RolesScreen() {
  const t = useTranslations('roles')
  const mayWrite = useMay('roles.write')
  const roles = useQuery(rolesQuery(useSlug()))
  const say = useRoleWords()
  const [open, setOpen] = useState<Open>()
  const origin = (role: Role) => {
    const from = role.copied_from && roles.data?.find(one => one.slug === role.copied_from)
    return role.template ? t('product') : from ? t('copyOf', { role: say(from.slug, from.name) }) : t('own')
  }
  return (
    <Page
      title={t('title')}
      about={t('about')}
      end={
        mayWrite && (
          <Button onClick={() => setOpen({})}>
            <ShieldPlus aria-hidden /> {t('add')}
          </Button>
        )
      }
    >
      <Answer to={roles}>
        {roles => (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
            <Rows
              caption={t('title')}
              heads={[{ label: t('role') }, { label: t('kind'), className: 'max-sm:hidden' }, { label: t('people') }]}
            >
              {roles.map(role => (
                <Row key={role.slug} name={say(role.slug, role.name)} onOpen={() => setOpen({ role })}>
                  <td className="text-muted-foreground max-sm:hidden">{origin(role)}</td>
                  <td className="whitespace-nowrap text-muted-foreground">{t('count', { count: role.people })}</td>
                </Row>
              ))}
            </Rows>
            <Matrix roles={roles} onOpen={role => setOpen({ role })} />
          </div>
        )}
      </Answer>
      {open?.removing && <RemoveDialog role={open.removing} onClose={() => setOpen(undefined)} />}
      {open && !open.removing && (
        <RoleSheet
          key={open.role?.slug ?? open.from?.slug ?? ''}
          {...open}
          onCopy={from => setOpen({ from })}
          onRemove={removing => setOpen({ removing })}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Page>
  )
}
