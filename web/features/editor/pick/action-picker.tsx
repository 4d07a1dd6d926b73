'use client';
import type { CatalogueAction } from '../../../../core/api/catalogue.ts';
import { QuietFailure } from '../../lists/states.tsx';
import { useEditor } from '../use-editor.ts';
import { useActions } from '../use-vocabulary.ts';
import { actionOffers } from './offers.ts';
import { Picker } from './picker.tsx';

/** Chooses a type of Action, of the catalogue or the library. */
export function ActionPicker({ onClose, onPick }: { onClose: () => void; onPick: (type: CatalogueAction) => void }) {
  const { actions } = useEditor();
  const { known, library, read } = useActions();
  return (
    <Picker
      title="What type of Action do you want to add to this Job?"
      offers={actionOffers(actions, library)}
      missing={<QuietFailure read={read} what="Actions of the library" />}
      onClose={onClose}
      onPick={(id) => {
        onClose();
        const chosen = known(id);
        if (chosen !== undefined) onPick(chosen);
      }}
    />
  );
}
