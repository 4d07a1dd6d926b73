'use client';
import { useState } from 'react';
import type { CatalogueAction } from '../../../../core/api/catalogue.ts';
import { QuietFailure } from '../../lists/states.tsx';
import { useEditor } from '../use-editor.ts';
import { useActions } from '../use-vocabulary.ts';
import { actionOffers } from './offers.ts';
import { Picker } from './picker.tsx';

const question = 'What type of Action do you want to add to this Job?';

/** Chooses a type of Action, of the catalogue or the library; a new one may be given its name before. */
export function ActionPicker({
  isNew = false,
  onClose,
  onPick,
}: {
  isNew?: boolean;
  onClose: () => void;
  onPick: (type: CatalogueAction, name: string | undefined) => void;
}) {
  const [name, setName] = useState('');
  const { actions } = useEditor();
  const { known, library, read } = useActions();
  return (
    <Picker
      title={isNew ? 'New Action' : question}
      {...(isNew ? { label: question } : {})}
      before={
        isNew
          ? {
              label: 'What name do you want to give this Action?',
              placeholder: 'Left empty, it is called after its type',
              value: name,
              onChange: setName,
            }
          : undefined
      }
      offers={actionOffers(actions, library)}
      missing={<QuietFailure read={read} what="Actions of the library" />}
      onClose={onClose}
      onPick={(id) => {
        onClose();
        const chosen = known(id);
        if (chosen !== undefined) onPick(chosen, name.trim() === '' ? undefined : name.trim());
      }}
    />
  );
}
