public import Kernel

/// What Partners refuses, in words for the person who asked.
public enum PartnersError: UserFacing, Equatable {
  /// A partner of that name or SIREN is there already.
  case partnerExists(Name)
  /// The partner has a contact with that address already.
  case contactExists(EmailAddress)
  /// The contact is the last one of the partner, which keeps at least one.
  case lastContact
  /// The partner has an agreement for that edition already.
  case alreadySigned
  /// People registered under regimes that the agreement would leave out.
  case regimesInUse([Regime])
  /// Somebody with that address is registered in the edition already.
  case alreadyRegistered(EmailAddress)
  /// The volunteer withdrew before.
  case alreadyWithdrawn
  /// The volunteer takes part already, so cannot rejoin.
  case notWithdrawn
  /// The edition is closed: it takes no more agreements, pledges, people or profiles.
  case editionClosed
  /// The partner has no agreement and no people in the edition, or left it already.
  case notTakingPart
  /// Nobody asked them whether they stay.
  case notAsked
  /// People of an imported roster did something since, or staff did for them.
  case rosterInUse([Name])
  /// Both have a profile, and may be on teams.
  case notMergeable(Name)
  /// The merge was taken back already, or is older than 30 days.
  case mergeOver
  /// Who came to a partner since the merge, and of whom nobody said whose they are.
  case cameSince([FieldProblem])
  /// The imported roster was taken back already.
  case rosterUndone
  /// A roster with faults; each names its line and column.
  case badRoster([FieldProblem])

  public var problem: Problem {
    switch self {
    case .partnerExists(let name):
      conflict(
        "partner-exists", Words(en: "Already known", fr: "Déjà connu"),
        en: "A partner named “\(name)”, or with the same SIREN, is there already.",
        fr: "Un partenaire nommé « \(name) », ou de même SIREN, existe déjà.",
        adviceEn: "Look it up in the list of partners, and add your contact to it.",
        adviceFr: "Retrouvez-le dans la liste des partenaires et ajoutez-lui votre contact.")
    case .notTakingPart:
      conflict(
        "not-taking-part", Words(en: "Not taking part", fr: "Ne participe pas"),
        en: "The partner takes no part in this edition, or left it already.",
        fr: "Le partenaire ne participe pas à cette édition, ou l’a déjà quittée.",
        adviceEn: "Look at its agreement and its people: there is nothing left to end.",
        adviceFr: "Regardez sa convention et ses volontaires : il n’y a plus rien à terminer.")
    case .notAsked:
      conflict(
        "not-asked", Words(en: "Nothing to answer", fr: "Rien à répondre"),
        en: "Nobody asked whether this person stays: their partner still takes part.",
        fr: "Personne n’a demandé si cette personne reste : son partenaire participe toujours.",
        adviceEn: "They take part as before. Staff change a regime or a partner.",
        adviceFr: "Elle participe comme avant. L’équipe change un régime ou un partenaire.")
    case .contactExists(let email):
      conflict(
        "contact-exists", Words(en: "Already a contact", fr: "Déjà contact"),
        en: "\(email) is a contact of this partner already.",
        fr: "\(email) est déjà un contact de ce partenaire.",
        adviceEn: "There is nothing left to do.", adviceFr: "Il n’y a plus rien à faire.")
    case .lastContact:
      conflict(
        "last-contact", Words(en: "The only contact", fr: "Le seul contact"),
        en: "This is the only person who speaks for the partner.",
        fr: "C’est la seule personne qui parle pour ce partenaire.",
        adviceEn: "Add another contact first.", adviceFr: "Ajoutez d’abord un autre contact.")
    case .alreadySigned:
      conflict(
        "already-signed", Words(en: "Already signed", fr: "Déjà signée"),
        en: "This partner has an agreement for this edition.",
        fr: "Ce partenaire a déjà une convention pour cette édition.",
        adviceEn: "Amend that agreement instead.", adviceFr: "Modifiez plutôt cette convention.")
    case .regimesInUse(let regimes):
      conflict(
        "regimes-in-use", Words(en: "People are registered otherwise", fr: "Régimes en cours"),
        en:
          "People of this partner are registered under: \(regimes.map(\.label.en).joined(separator: ", ")). The agreement would not cover them.",
        fr:
          "Des personnes de ce partenaire sont inscrites sous : \(regimes.map(\.label.fr).joined(separator: ", ")). La convention ne les couvrirait pas.",
        adviceEn: "Add these regimes to the agreement, or correct the people’s regime first.",
        adviceFr: "Ajoutez ces régimes à la convention, ou corrigez d’abord celui des personnes.")
    case .alreadyRegistered(let email):
      conflict(
        "already-registered", Words(en: "Already registered", fr: "Déjà inscrit"),
        en: "\(email) is registered in this edition already.",
        fr: "\(email) est déjà inscrit à cette édition.",
        adviceEn: "Nothing was changed. The programme manager can look the person up.",
        adviceFr: "Rien n’a changé. Le responsable de programme peut retrouver la personne.")
    case .alreadyWithdrawn:
      conflict(
        "already-withdrawn", Words(en: "Already withdrawn", fr: "Déjà retiré"),
        en: "This volunteer has left the edition.", fr: "Ce volontaire a quitté l’édition.",
        adviceEn: "If they want to take part after all, the programme manager lets them rejoin.",
        adviceFr: "S’il souhaite finalement participer, le responsable de programme le réinscrit.")
    case .notWithdrawn:
      conflict(
        "not-withdrawn", Words(en: "Still taking part", fr: "Toujours inscrit"),
        en: "This volunteer has not left the edition.",
        fr: "Ce volontaire n’a pas quitté l’édition.",
        adviceEn: "There is nothing to undo.", adviceFr: "Il n’y a rien à annuler.")
    case .editionClosed:
      conflict(
        "edition-closed", Words(en: "The edition is over", fr: "L’édition est close"),
        en: "This edition is closed: it takes no more agreements, pledges, people or profiles.",
        fr:
          "Cette édition est close : plus de convention, d’engagement, d’inscription ni de profil.",
        adviceEn: "Choose an edition that is planned or open.",
        adviceFr: "Choisissez une édition prévue ou ouverte.")
    case .rosterInUse(let names):
      conflict(
        "roster-in-use", Words(en: "Somebody has acted since", fr: "Quelqu’un a agi depuis"),
        en:
          "\(names.count) people of this roster were changed, or changed something, since: \(shown(names)).",
        fr:
          "\(names.count) personnes de cette liste ont été modifiées, ou ont modifié quelque chose, depuis : \(shown(names)).",
        adviceEn: "Nothing was taken back. Withdraw or correct people one by one.",
        adviceFr: "Rien n’a été annulé. Retirez ou corrigez les personnes une par une.")
    case .notMergeable(let name):
      conflict(
        "not-mergeable", Words(en: "Both have a profile", fr: "Les deux ont un profil"),
        en: "The registration of \(name) that would go has a profile, and may be on a team.",
        fr: "L’inscription de \(name) qui disparaîtrait a un profil, et peut-être une équipe.",
        adviceEn: "Keep that one and merge the other into it, or withdraw one of them.",
        adviceFr: "Gardez celle-ci et réunissez-y l’autre, ou retirez l’une des deux.")
    case .mergeOver:
      conflict(
        "merge-over", Words(en: "No longer to be undone", fr: "Ne peut plus être défaite"),
        en: "The merge was undone already, or is older than 30 days.",
        fr: "La fusion a déjà été défaite, ou date de plus de 30 jours.",
        adviceEn: "Register the partner or person anew if need be.",
        adviceFr: "Inscrivez de nouveau le partenaire ou la personne si besoin.")
    case .cameSince(let fields):
      Problem(
        "partners/came-since", status: 409,
        title: Words(en: "Whose are those who came since?", fr: "À qui sont ceux venus depuis ?"),
        detail: Words(
          en: "Since the merge people or contacts were added: nobody else can say whose they are.",
          fr:
            "Depuis la fusion, des personnes ou des contacts ont été ajoutés : vous seul savez à qui ils sont."
        ),
        advice: Words(
          en: "Nothing was changed. Say of each where they go (destinations), and send it again.",
          fr: "Rien n’a été changé. Dites de chacun où il va (destinations), puis recommencez."),
        fields: fields)
    case .rosterUndone:
      conflict(
        "roster-undone", Words(en: "Already taken back", fr: "Déjà annulée"),
        en: "This roster was taken back already.", fr: "Cette liste a déjà été annulée.",
        adviceEn: "There is nothing left to undo.", adviceFr: "Il n’y a plus rien à annuler.")
    case .badRoster(let faults):
      Problem(
        "partners/bad-roster", status: 422,
        title: Words(en: "The roster needs corrections", fr: "La liste est à corriger"),
        detail: Words(
          en: faults.count == 1
            ? "One cell needs attention." : "\(faults.count) cells need attention.",
          fr: faults.count == 1
            ? "Une cellule est à revoir." : "\(faults.count) cellules sont à revoir."),
        advice: Words(
          en: "Nobody was registered. Correct the lines listed and send the whole file again.",
          fr: "Personne n’a été inscrit. Corrigez les lignes indiquées et renvoyez tout le fichier."
        ), fields: faults)
    }
  }

  private func shown(_ names: [Name]) -> String {
    names.prefix(10).map(\.description).joined(separator: ", ") + (names.count > 10 ? "…" : "")
  }

  private func conflict(
    _ code: String, _ title: Words, en: String, fr: String, adviceEn: String, adviceFr: String
  ) -> Problem {
    Problem(
      "partners/" + code, status: 409, title: title, detail: Words(en: en, fr: fr),
      advice: Words(en: adviceEn, fr: adviceFr))
  }
}
