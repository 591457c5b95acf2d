#!/usr/bin/env bash
# `make run`: open the window or, where there is no screen, do the main job on the sample data.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

has_screen() {
    [[ $(uname) == Linux ]] || return 0
    case ${QT_QPA_PLATFORM:-} in
        offscreen | minimal*) return 1 ;; # a window that nobody sees
    esac
    [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-} ]]
}

if has_screen; then
    "${PYTHON:-python3}" build_spec/prepare.py program --window
    exec .venv/bin/pan-desktop "$@"
fi

"${PYTHON:-python3}" build_spec/prepare.py program
echo "Aucun écran n’a été trouvé : la fenêtre ne peut pas s’ouvrir. Voici donc le même travail en ligne de commande, sur les données d’exemple."

folder=$PWD/build/demo
rm -rf "$folder"
mkdir -p "$folder"
pan() { .venv/bin/pan-desktop --database "$folder/pan.db" "$@"; }

meeting=$(pan demo | tail -n 1)
echo "Réunions de l’exemple (identifiant, date, instance) :"
pan meetings
pan export "$meeting" -o "$folder/releve.docx" >/dev/null
echo "Le relevé de la réunion $meeting est dans $folder/releve.docx"
