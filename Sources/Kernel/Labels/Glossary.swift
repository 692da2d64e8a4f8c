/// The words of the fields that inputs share, by name, once for every face. An input whose field means
/// something else says so itself (`Labelled`).
enum Glossary {
  static func label(of field: String) -> Label? { labels[field] }

  private static let labels: [String: Label] = Dictionary(
    uniqueKeysWithValues: entries.map { ($0.0, $0.1) })

  private static let entries: [(String, Label)] = [
    (
      "despite",
      Label(
        en: "Why all the same", fr: "Pourquoi malgré tout",
        hint: Words(
          en: "Needed only where something is still open.",
          fr: "Nécessaire seulement si quelque chose reste ouvert."))
    ),
    ("answerBy", Label(en: "Last day to answer", fr: "Dernier jour pour répondre")),
    ("names", Label(en: "Names", fr: "Noms")),
    ("destinations", Label(en: "What goes where", fr: "Qui va où")),
    ("addresses", Label(en: "Addresses", fr: "Adresses")),
    ("all", Label(en: "All of them", fr: "Toutes")),
    ("messages", Label(en: "Messages", fr: "Messages")),
    (
      "section",
      Label(
        en: "Part of the form", fr: "Partie du formulaire",
        hint: Words(
          en: "Named by its first question.", fr: "Nommée par sa première question."))
    ),
    ("seen", Label(en: "As it was seen", fr: "Tel que vu")),
    ("rank", Label(en: "Rank", fr: "Rang")),
    ("decision", Label(en: "Decision", fr: "Décision")),
    (
      "colour",
      Label(
        en: "Colour", fr: "Couleur",
        hint: Words(
          en: "Dark enough to read white on it, such as #0c3b46.",
          fr: "Assez sombre pour y lire du blanc, comme #0c3b46."))
    ),
    (
      "logo",
      Label(
        en: "Logo", fr: "Logo",
        hint: Words(en: "PNG or JPEG, at most 100 KiB.", fr: "PNG ou JPEG, 100 Kio au plus."))
    ),
    (
      "fileLimit",
      Label(
        en: "Largest file", fr: "Plus gros fichier",
        hint: Words(
          en: "In MiB (1 to 500): what people hand in may be as large.",
          fr: "En Mio (1 à 500) : la taille maximale de ce que l’on remet."))
    ),
    ("file", Label(en: "File", fr: "Fichier")),
    ("withoutLogo", Label(en: "No logo any more", fr: "Plus de logo")),
    ("imprint", Label(en: "Imprint", fr: "Mentions légales")),
    ("privacy", Label(en: "Privacy", fr: "Vie privée")),
    ("accessibility", Label(en: "Accessibility", fr: "Accessibilité")),
    ("roster", Label(en: "List", fr: "Liste")),
    ("lines", Label(en: "Lines", fr: "Lignes")),
    ("line", Label(en: "Line", fr: "Ligne")),
    ("cells", Label(en: "Cells", fr: "Cellules")),
    ("html", Label(en: "With the HTML", fr: "Avec le HTML")),
    ("count", Label(en: "How many", fr: "Combien")),
    ("useCase", Label(en: "Use case", fr: "Cas d’usage")),
    ("row", Label(en: "Row", fr: "Ligne")),
    ("behalf", Label(en: "On behalf of", fr: "Au nom de")),
    ("since", Label(en: "Since", fr: "Depuis le")),
    ("until", Label(en: "Until", fr: "Jusqu’au")),
    ("host", Label(en: "Server", fr: "Serveur")),
    ("port", Label(en: "Port", fr: "Port")),
    ("to", Label(en: "To", fr: "À")),
    ("address", Label(en: "Address", fr: "Adresse")),
    (
      "after",
      Label(
        en: "From there on", fr: "À partir de là",
        hint: Words(
          en: "What “next” said on the page before.", fr: "Le « next » de la page précédente."))
    ),
    ("agreement", Label(en: "Agreement", fr: "Convention")),
    ("ambitions", Label(en: "Ambitions", fr: "Ambitions")),
    ("answers", Label(en: "Answers", fr: "Réponses")),
    ("application", Label(en: "Application", fr: "Candidature")),
    ("background", Label(en: "In the background", fr: "En arrière-plan")),
    ("base", Label(en: "Starting points of the score", fr: "Points de départ de la note")),
    ("brief", Label(en: "Brief", fr: "Cahier de mission")),
    ("by", Label(en: "Given by", fr: "Donnée par")),
    ("call", Label(en: "Call", fr: "Appel")),
    ("capacity", Label(en: "Half-days you can give", fr: "Demi-journées que vous pouvez donner")),
    ("cause", Label(en: "Cause", fr: "Cause")),
    ("causes", Label(en: "Causes", fr: "Causes")),
    ("choices", Label(en: "Choices", fr: "Choix")),
    ("closesOn", Label(en: "Closes on", fr: "Se ferme le")),
    ("code", Label(en: "Code", fr: "Code")),
    ("comment", Label(en: "Comment", fr: "Commentaire")),
    ("companyCap", Label(en: "At most from one company", fr: "Au plus d’une même entreprise")),
    ("confirmBy", Label(en: "To be confirmed by", fr: "À confirmer avant le")),
    ("conflict", Label(en: "Conflict of interest", fr: "Conflit d’intérêts")),
    (
      "conflicts",
      Label(
        en: "Organisations you are tied to", fr: "Organisations avec lesquelles vous avez un lien",
        hint: Words(en: "You will not be placed with them.", fr: "Vous n’y serez pas affecté."))
    ),
    ("consent", Label(en: "Consent", fr: "Consentement")),
    ("contact", Label(en: "Contact", fr: "Contact")),
    ("context", Label(en: "Context", fr: "Contexte")),
    ("criteria", Label(en: "Criteria", fr: "Critères")),
    (
      "csv",
      Label(
        en: "File (CSV)", fr: "Fichier (CSV)",
        hint: Words(
          en: "One line per person; the first line names the columns.",
          fr: "Une ligne par personne ; la première nomme les colonnes."))
    ),
    ("day", Label(en: "Day", fr: "Jour")),
    ("days", Label(en: "Days", fr: "Jours")),
    ("deliverable", Label(en: "Deliverable", fr: "Livrable")),
    ("difficulties", Label(en: "Difficulties", fr: "Difficultés")),
    ("digest", Label(en: "Letters", fr: "Lettres")),
    ("due", Label(en: "Due on", fr: "Échéance")),
    ("early", Label(en: "Before its date", fr: "Avant sa date")),
    ("edition", Label(en: "Edition", fr: "Édition")),
    ("effectiveFrom", Label(en: "In force from", fr: "En vigueur à partir du")),
    ("eligibility", Label(en: "Who may apply", fr: "Qui peut candidater")),
    (
      "email",
      Label(
        en: "Email address", fr: "Adresse électronique",
        hint: Words(en: "For instance name@example.org", fr: "Par exemple nom@exemple.org"))
    ),
    ("en", Label(en: "In English", fr: "En anglais")),
    ("ends", Label(en: "Ends on", fr: "Se termine le")),
    ("entry", Label(en: "Entry", fr: "Saisie")),
    ("esco", Label(en: "ESCO skills", fr: "Compétences ESCO")),
    ("event", Label(en: "Event", fr: "Événement")),
    ("expiresInDays", Label(en: "Valid for (days)", fr: "Valable (jours)")),
    ("figure", Label(en: "Figure", fr: "Chiffre")),
    ("forbid", Label(en: "Forbid", fr: "Interdire")),
    ("format", Label(en: "Format", fr: "Format")),
    ("formats", Label(en: "Formats", fr: "Formats")),
    ("foundedOn", Label(en: "Founded on", fr: "Fondée le")),
    ("fr", Label(en: "In French", fr: "En français")),
    ("from", Label(en: "From", fr: "Depuis")),
    ("grant", Label(en: "Acting as", fr: "Au titre de")),
    ("halfDays", Label(en: "Half-days", fr: "Demi-journées")),
    ("handover", Label(en: "Handed over to", fr: "Transmis à")),
    ("hourlyCostCents", Label(en: "Hourly cost (cents)", fr: "Coût horaire (centimes)")),
    ("journey", Label(en: "Journey", fr: "Parcours")),
    ("journeys", Label(en: "Journeys", fr: "Parcours")),
    ("keep", Label(en: "Keep", fr: "Garder")),
    (
      "key",
      Label(
        en: "Key", fr: "Clé",
        hint: Words(en: "Small letters, digits and hyphens.", fr: "Minuscules, chiffres et tirets.")
      )
    ),
    ("kind", Label(en: "Kind", fr: "Nature")),
    ("kinds", Label(en: "Kinds", fr: "Natures")),
    ("label", Label(en: "Label", fr: "Libellé")),
    ("language", Label(en: "Language", fr: "Langue")),
    ("languages", Label(en: "Languages", fr: "Langues")),
    ("latest", Label(en: "Latest first", fr: "Les derniers d’abord")),
    ("laureates", Label(en: "Laureates", fr: "Lauréats")),
    ("level", Label(en: "Level", fr: "Niveau")),
    ("levelAbove", Label(en: "Value of a higher level", fr: "Valeur d’un niveau supérieur")),
    ("limit", Label(en: "How many", fr: "Combien")),
    (
      "link",
      Label(
        en: "Link", fr: "Lien",
        hint: Words(
          en: "An address that begins with https://", fr: "Une adresse qui commence par https://"))
    ),
    ("lock", Label(en: "Lock", fr: "Verrou")),
    ("maximum", Label(en: "At most", fr: "Au plus")),
    ("member", Label(en: "Member", fr: "Membre")),
    ("message", Label(en: "Message", fr: "Lettre")),
    ("milestone", Label(en: "Milestone", fr: "Jalon")),
    (
      "minimumAgeMonths",
      Label(
        en: "Minimum age of the organisation (months)",
        fr: "Ancienneté minimale de l’organisation (mois)")
    ),
    ("minimumTeam", Label(en: "Smallest team", fr: "Plus petite équipe")),
    (
      "minutes",
      Label(
        en: "Duration (minutes)", fr: "Durée (minutes)",
        hint: Words(en: "120 for two hours", fr: "120 pour deux heures"))
    ),
    ("mission", Label(en: "Mission", fr: "Mission")),
    ("missionType", Label(en: "Type of mission", fr: "Type de mission")),
    ("missionTypes", Label(en: "Types of mission", fr: "Types de mission")),
    ("missionsLike", Label(en: "More missions like", fr: "Autres missions comme")),
    ("months", Label(en: "Months", fr: "Mois")),
    ("name", Label(en: "Name", fr: "Nom")),
    ("need", Label(en: "Need", fr: "Besoin")),
    ("newcomers", Label(en: "More volunteers", fr: "Volontaires en plus")),
    ("niceToHave", Label(en: "Nice to have", fr: "Appréciées")),
    ("note", Label(en: "Note", fr: "Note")),
    ("opensOn", Label(en: "Opens on", fr: "S’ouvre le")),
    ("organisation", Label(en: "Organisation", fr: "Organisation")),
    ("outcome", Label(en: "How it ended", fr: "Issue")),
    ("overrideReason", Label(en: "Reason for the exception", fr: "Motif de l’exception")),
    ("part", Label(en: "Half-day", fr: "Demi-journée")),
    ("partner", Label(en: "Partner", fr: "Partenaire")),
    ("people", Label(en: "People", fr: "Personnes")),
    ("perApplication", Label(en: "Reviews per application", fr: "Évaluations par candidature")),
    ("person", Label(en: "Person", fr: "Personne")),
    ("place", Label(en: "Place", fr: "Place")),
    ("places", Label(en: "Places", fr: "Places")),
    ("present", Label(en: "Present", fr: "Présents")),
    ("previousEmployers", Label(en: "Previous employers", fr: "Anciens employeurs")),
    (
      "priority",
      Label(
        en: "Priority", fr: "Priorité",
        hint: Words(en: "1 is the most urgent.", fr: "1 est le plus urgent."))
    ),
    ("programme", Label(en: "Programme", fr: "Programme")),
    ("questions", Label(en: "Questions", fr: "Questions")),
    ("reason", Label(en: "Reason", fr: "Motif")),
    ("recipient", Label(en: "Recipient", fr: "Destinataire")),
    ("refused", Label(en: "Refused", fr: "Refusées")),
    ("regime", Label(en: "Regime", fr: "Régime")),
    ("regimes", Label(en: "Regimes", fr: "Régimes")),
    ("remark", Label(en: "Remark", fr: "Remarque")),
    ("required", Label(en: "Required", fr: "Obligatoire")),
    ("review", Label(en: "Review", fr: "Évaluation")),
    ("reviewer", Label(en: "Reviewer", fr: "Évaluateur")),
    ("risk", Label(en: "Risk", fr: "Risque")),
    (
      "rna",
      Label(
        en: "RNA number", fr: "Numéro RNA",
        hint: Words(en: "W and nine digits", fr: "W suivi de neuf chiffres"))
    ),
    ("role", Label(en: "Role", fr: "Rôle")),
    ("roles", Label(en: "Roles", fr: "Rôles")),
    ("rule", Label(en: "Rule", fr: "Règle")),
    ("run", Label(en: "Run", fr: "Calcul")),
    (
      "satisfaction",
      Label(
        en: "Satisfaction", fr: "Satisfaction",
        hint: Words(
          en: "From 0, not at all, to 5, fully.", fr: "De 0, pas du tout, à 5, tout à fait."))
    ),
    ("scores", Label(en: "Scores", fr: "Notes")),
    ("seats", Label(en: "Seats", fr: "Places")),
    ("seed", Label(en: "Seed", fr: "Graine")),
    (
      "seekerPenalty",
      Label(
        en: "Weight of a seat left to job seekers",
        fr: "Poids d’une place laissée aux demandeurs d’emploi")
    ),
    ("service", Label(en: "Department", fr: "Service")),
    ("session", Label(en: "Session", fr: "Séance")),
    (
      "severity",
      Label(
        en: "Severity", fr: "Gravité",
        hint: Words(en: "From 1, slight, to 5, grave.", fr: "De 1, légère, à 5, grave."))
    ),
    ("signedOn", Label(en: "Signed on", fr: "Signée le")),
    (
      "siren",
      Label(
        en: "SIREN number", fr: "Numéro SIREN", hint: Words(en: "Nine digits", fr: "Neuf chiffres"))
    ),
    ("skill", Label(en: "Skill", fr: "Compétence")),
    ("skills", Label(en: "Skills", fr: "Compétences")),
    ("stage", Label(en: "Stage", fr: "Étape")),
    ("starts", Label(en: "Starts on", fr: "Commence le")),
    ("state", Label(en: "State", fr: "État")),
    ("statement", Label(en: "Statement", fr: "Énoncé")),
    ("steps", Label(en: "Steps", fr: "Étapes")),
    ("strategy", Label(en: "Strategy", fr: "Stratégie")),
    ("strengths", Label(en: "Strengths", fr: "Forces")),
    ("subject", Label(en: "Subject", fr: "Sujet")),
    ("subscriber", Label(en: "Subscriber", fr: "Abonné")),
    ("summary", Label(en: "Summary", fr: "Résumé")),
    ("territories", Label(en: "Territories", fr: "Territoires")),
    ("territory", Label(en: "Territory", fr: "Territoire")),
    ("text", Label(en: "Text", fr: "Texte")),
    ("theme", Label(en: "Theme", fr: "Thème")),
    ("timeLimitSeconds", Label(en: "Time limit (seconds)", fr: "Temps limite (secondes)")),
    ("title", Label(en: "Title", fr: "Titre")),
    ("token", Label(en: "Token", fr: "Jeton")),
    (
      "version",
      Label(
        en: "Version", fr: "Version",
        hint: Words(en: "The version you looked at.", fr: "La version que vous avez lue."))
    ),
    ("volunteer", Label(en: "Volunteer", fr: "Volontaire")),
    ("waitingList", Label(en: "Waiting list", fr: "Liste d’attente")),
    ("weight", Label(en: "Weight", fr: "Poids")),
    ("weights", Label(en: "Weights", fr: "Poids")),
    ("wish", Label(en: "Wish", fr: "Souhait")),
    ("wishes", Label(en: "Wishes", fr: "Souhaits")),
    ("with", Label(en: "Compared with", fr: "Comparé à")),
    ("without", Label(en: "Without", fr: "Sans")),
    ("withoutMissions", Label(en: "Without missions", fr: "Sans missions")),
    ("workshop", Label(en: "Workshop", fr: "Atelier")),
    ("zone", Label(en: "Time zone", fr: "Fuseau horaire")),
    ("again", Label(en: "Again", fr: "À nouveau")),
    (
      "alike",
      Label(en: "Register although one like it is there", fr: "Inscrire malgré une ressemblance")
    ),
    ("anonymous", Label(en: "Without a user name", fr: "Sans identifiant")),
    ("batch", Label(en: "Roster", fr: "Liste importée")),
    ("beyond", Label(en: "Also beyond the last day", fr: "Aussi après le dernier jour")),
    ("claim", Label(en: "Claim", fr: "Demande")),
    ("column", Label(en: "Meaning of the column", fr: "Sens de la colonne")),
    ("columns", Label(en: "Columns", fr: "Colonnes")),
    ("endOld", Label(en: "End the place held before", fr: "Mettre fin à la place tenue avant")),
    ("everybody", Label(en: "Everybody", fr: "Tout le monde")),
    ("heading", Label(en: "Heading", fr: "En-tête")),
    ("invitation", Label(en: "Invitation", fr: "Invitation")),
    ("late", Label(en: "Although it is late", fr: "Malgré le retard")),
    (
      "localRegister",
      Label(en: "Local register (Alsace-Moselle)", fr: "Registre local (Alsace-Moselle)")
    ),
    ("merge", Label(en: "Merge", fr: "Fusion")),
    ("move", Label(en: "Move to this partner", fr: "Rattacher à ce partenaire")),
    ("entries", Label(en: "Entries", fr: "Saisies")),
    ("reviews", Label(en: "Reviews", fr: "Relectures")),
    ("organisations", Label(en: "Organisations", fr: "Organisations")),
    ("other", Label(en: "The other one", fr: "L’autre")),
    ("partners", Label(en: "Partners", fr: "Partenaires")),
    ("password", Label(en: "Password", fr: "Mot de passe")),
    (
      "perDomain",
      Label(en: "At most a minute to one domain", fr: "Au plus par minute vers un domaine")
    ),
    ("perMinute", Label(en: "At most a minute", fr: "Au plus par minute")),
    (
      "personalLine",
      Label(
        en: "A line of your own", fr: "Un mot de votre part",
        hint: Words(
          en: "At the head of each of these letters, as you write it.",
          fr: "En tête de chacune de ces lettres, tel que vous l’écrivez."))
    ),
    ("portal", Label(en: "Address of the portal", fr: "Adresse du portail")),
    ("replyTo", Label(en: "Answers go to", fr: "Adresse de réponse")),
    ("security", Label(en: "Encryption", fr: "Chiffrement")),
    ("senderAddress", Label(en: "Address of the sender", fr: "Adresse de l’expéditeur")),
    ("senderName", Label(en: "Name of the sender", fr: "Nom de l’expéditeur")),
    ("siret", Label(en: "SIRET number", fr: "Numéro SIRET")),
    ("standIn", Label(en: "Stand-in", fr: "Remplaçant")),
    ("through", Label(en: "Up to and including", fr: "Jusqu’à inclus")),
    ("ticket", Label(en: "Ticket", fr: "Ticket")),
    ("transport", Label(en: "How letters leave", fr: "Mode d’envoi")),
    ("trusted", Label(en: "Certificate trusted", fr: "Certificat accepté")),
    ("user", Label(en: "User name", fr: "Identifiant")),
    ("volunteers", Label(en: "Volunteers", fr: "Volontaires")),
  ]
}
