"""Five committees that were invented: what their relevés say, whatever their look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

Points = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Someone:
    """Who is in the truth."""

    civility: str
    """M, Mme, or "" where no paper says."""
    name: str
    numbers: tuple[int, ...] = ()
    role: str = "focal_point"
    presence: str = "present"
    institution: str = ""


@dataclass(frozen=True)
class Part:
    """An agenda item with its section."""

    title: str
    points: Points = ()
    heading: str = ""
    progress: bool = False

    @property
    def headed(self) -> str:
        return self.heading or self.title


@dataclass(frozen=True)
class Truth:
    """What a relevé says, whatever its look."""

    title: str
    body: str
    plan: str
    day: date
    at: time
    place: str
    people: tuple[Someone, ...]
    parts: tuple[Part, ...]
    overall: int | None = None
    completed: tuple[int, ...] = ()
    rows: tuple[tuple[int, int | None, str], ...] = ()


STEERING = Truth(
    "Réunion du comité de pilotage du gouvernement ouvert",
    "Comité de pilotage du gouvernement ouvert",
    "2021-2023",
    date(2022, 6, 1),
    time(9, 0),
    "Siège du ministère, salle Argan",
    (
        Someone("M", "Idriss BENSALMIA", (1, 2, 3, 4)),
        Someone("Mme", "Loubna Ait Fadil", (5,)),
        Someone("Mme", "Zineb EL KHALFAOUI", (6, 9)),
        Someone("M", "Anas Berrechid", (7,), "alternate"),
        Someone("Mme", "Ghita d’Anfa", (8, 10, 11, 22)),
        Someone("M", "Abdel-Ilah OUAZZOU", (12,), "alternate"),
        Someone("Mme", "Rim TAZI BELKADI", (13, 21)),
        Someone("M", "Younes Sabri", (14,)),
    ),
    (
        Part(
            "Mot d’ouverture",
            (
                (0, "Le président a rappelé le calendrier du plan."),
                (0, "Deux nouveaux membres ont rejoint le comité."),
            ),
        ),
        Part("État d’avancement des engagements 2021-2023", progress=True),
        Part(
            "Consultation publique de mi-parcours",
            (
                (0, "La consultation est close :"),
                (1, "412 avis reçus ;"),
                (1, "trois ateliers tenus :"),
                (2, "à Agadir ;"),
                (2, "à Oujda ;"),
                (3, "avec deux associations."),
                (0, "La synthèse est attendue pour le 15/07/2022."),
            ),
        ),
        Part("Divers", ((0, "Le guide de communication sera imprimé en septembre."),)),
    ),
    61,
    (1, 4, 9, 22),
    (
        (2, 80, "Le module est livré. La formation reste à faire."),
        (3, 55, "Deux étapes restent :\n- la recette ;\n- la mise en ligne."),
        (5, 0, "L’étude n’a pas commencé."),
        (6, 99, "Il ne manque que la publication (date limite fin mars 2023)."),
        (7, 40, "Le marché est en cours d’attribution."),
        (8, 35, "Le comité a noté :\n1. un retard de deux mois ;\n2. un budget réduit."),
        (10, 70, "Pas d’avancement depuis la dernière réunion."),
        (13, 20, "Le point focal concerné n’a pas assisté à cette réunion."),
    ),
)
REGION = Truth(
    "Commission régionale de la transparence",
    "Commission régionale de la transparence",
    "2024-2025",
    date(2024, 10, 17),
    time(15, 15),
    "En ligne",
    (Someone("Mme", "Salma Guessouss", (1, 2, 3, 4, 5)),),
    (
        Part("Suivi des engagements du plan d’action local 2024-2025", progress=True),
        Part(
            "Budget participatif",
            (
                (0, "Enveloppe votée : 2 MDH."),
                (0, "Calendrier :"),
                (1, "dépôt des projets en novembre"),
                (1, "vote en janvier 2025"),
            ),
        ),
    ),
    48,
    (2,),
    (
        (1, 50, "Plateforme en test."),
        (3, 65, "Six communes sur dix ont publié leurs délibérations."),
        (4, 10, "Convention à signer."),
        (5, 15, "Appel à candidatures lancé."),
    ),
)
GROUP = Truth(
    "Groupe de travail « données ouvertes »",
    "Groupe de travail « données ouvertes »",
    "2024-2028",
    date(2025, 2, 28),
    time(11, 0),
    "Salle de réunion du 3e étage",
    (
        Someone("M", "Tarik Ben Jelloul", (3,), institution="Agence de l’Exemple"),
        Someone("Mme", "Naoual OUBRAHIM", (4,), institution="Direction des Essais"),
        Someone("M", "Saad Fikri", (11, 12), "alternate", institution="Office des Modèles"),
    ),
    (
        Part(
            "Catalogue des jeux de données",
            (
                (0, "310 jeux sont publiés."),
                (1, "dont 40 en temps réel"),
                (0, "Une charte de qualité sera proposée avant le 30 avril 2025."),
            ),
        ),
        Part("Avancement des engagements du PAN 2024-2028", progress=True),
    ),
    33,
    (),
    (
        (3, 45, "Le catalogue est en ligne."),
        (4, 30, "Les licences sont à l’étude."),
        (11, 25, "En attente."),
        (12, 32, "Le décret est publié au B.O. n° 7300."),
    ),
)
FOLLOW_UP = Truth(
    "Réunion de la cellule de suivi",
    "Cellule de suivi",
    "2024-2028",
    date(2026, 3, 2),
    time(14, 30),
    "Visioconférence",
    (),
    (
        Part("Etat d'avancement des engagements 2024-2028", progress=True),
        Part(
            "Prochaines étapes",
            (
                (0, "Révision du plan"),
                (1, "Évaluations sectorielles"),
                (2, "justice"),
                (3, "tribunaux pilotes"),
                (2, "santé"),
                (1, "Consultation"),
                (0, "Rapport annuel"),
            ),
        ),
    ),
    37,
    (1, 7),
    tuple((n, 10 + 3 * n, f"Étape {n} en cours.") for n in (2, 3, 4, 5, 6, 8, 9, 10, 11, 12)),
)
COMMITTEE = Truth(
    "RÉUNION DU COMITÉ D’IMPLÉMENTATION",
    "Comité d’implémentation",
    "2021-2023",
    date(2023, 1, 9),
    time(10, 0),
    "Réunion hybride : salle A12 et lien Teams",
    (
        Someone("M", "Badr EL OUALI", (1, 2), institution="Ministère de l’Exemple"),
        Someone("Mme", "Soukaina Rahali", (3,), institution="Cour des Essais"),
        Someone("Mme", "Hajar ZEROUALI", (4, 5), "alternate", institution="INEX"),
        Someone("Mme", "Hajar Lamrabet", (6,), institution="Archives de l’Exemple"),
        Someone("M", "Hicham de Souza", (7, 8, 9), institution="Conseil du Modèle"),
        Someone("Mme", "Fatima-Zahra Ouardi", (10,), institution="Agence des Cas"),
        Someone("M", "Nabil TEMSAMANI", (11,), "alternate", institution="Office Témoin"),
        Someone("M", "Othmane Kabli", (), "guest", institution="Association Exemple"),
        Someone("Mme", "Wafae Chraïbi", (12, 13), presence="excused"),
        Someone("M", "Rachid MEZIANE", (14,), presence="absent"),
    ),
    (
        Part("Adoption du relevé précédent", ((0, "Le relevé est adopté sans réserve."),)),
        Part("Avancement des engagements 2021-2023", progress=True),
        Part(
            "Préparation du PAN 2024-2028",
            (
                (0, "Décision : lancer l’appel à idées le 1er février 2023."),
                (0, "Action : chaque département désigne un rapporteur."),
                (1, "délai : 20 janvier 2023"),
            ),
            heading="Préparation du prochain PAN 2024-2028",
        ),
    ),
    72,
    (1, 3, 6, 8, 9, 10),
    (
        (2, 88, "Livraison prévue au 2e trimestre 2023."),
        (4, 60, "Recrutement en cours."),
        (5, 60, "Recrutement en cours."),
        (7, 95, "Guide rédigé ; mise en page en cours."),
        (11, 12, "Cahier des charges à valider."),
        (12, 50, "Le point focal concerné n’a pas assisté à cette réunion."),
        (13, None, "Le point focal concerné n’a pas assisté à cette réunion."),
        (14, 5, "Le point focal concerné n’a pas assisté à cette réunion."),
    ),
)
TRUTHS = {
    "steering": STEERING,
    "region": REGION,
    "group": GROUP,
    "follow-up": FOLLOW_UP,
    "committee": COMMITTEE,
}
