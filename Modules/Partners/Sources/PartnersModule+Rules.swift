public import Kernel

extension PartnersModule {
  public var rules: [Rule] {
    [
      Rule(
        "partners.one-agreement",
        Words(
          en: "A partner has one agreement for an edition; it is amended.",
          fr: "Un partenaire a une convention par édition ; on la modifie."),
        refusedWith: "partners/already-signed"),
      Rule(
        "partners.regimes-in-use",
        Words(
          en: "An agreement cannot leave out a regime that people are registered under.",
          fr: "Une convention ne peut omettre un régime sous lequel des personnes sont inscrites."),
        refusedWith: "partners/regimes-in-use"),
      Rule(
        "partners.one-registration",
        Words(
          en: "An address registers once in an edition, however it is written.",
          fr: "Une adresse s’inscrit une fois par édition, quelle que soit sa casse."),
        refusedWith: "partners/already-registered"),
      Rule(
        "partners.one-partner",
        Words(
          en: "A partner is known by its name, however written, or its SIREN.",
          fr: "Un partenaire se reconnaît à son nom, quelle que soit la graphie, ou à son SIREN."),
        refusedWith: "partners/partner-exists"),
      Rule(
        "partners.a-contact",
        Words(
          en: "A partner keeps at least one contact.",
          fr: "Un partenaire garde au moins un contact."),
        refusedWith: "partners/last-contact"),
      Rule(
        "partners.closed-edition",
        Words(
          en:
            "A closed edition takes no more agreements, pledges, people or profiles; people may still correct their address or leave.",
          fr:
            "Une édition close ne prend plus ni convention, ni engagement, ni personne, ni profil ; on peut encore corriger son adresse ou partir."
        ),
        refusedWith: "partners/edition-closed"),
      Rule(
        "partners.job-seekers",
        Words(
          en:
            "Job seekers are sent by employment agencies only; who has no partner takes part in their own time.",
          fr:
            "Seules les agences pour l’emploi envoient des personnes en recherche d’emploi ; sans partenaire, on participe sur son temps libre."
        )),
      Rule(
        "partners.whole-roster",
        Words(
          en: "A roster is taken whole or not at all; every fault is named with its line.",
          fr: "Une liste est prise entière ou pas du tout ; chaque faute est nommée avec sa ligne."),
        refusedWith: "partners/bad-roster"),
      Rule(
        "partners.undoing-a-roster",
        Words(
          en: "An imported roster is taken back while nobody in it has done anything.",
          fr: "Une liste importée s’annule tant que personne n’y a rien fait."),
        refusedWith: "partners/roster-in-use"),
      Rule(
        "partners.undoing-a-merge",
        Words(
          en: "A merge is taken back within \(MergeRow.daysToUndo) days.",
          fr: "Une fusion se défait dans les \(MergeRow.daysToUndo) jours."),
        refusedWith: "partners/merge-over"),
      Rule(
        "partners.merging-people",
        Words(
          en: "Of two registrations of one person, the one without a profile goes.",
          fr: "De deux inscriptions d’une personne, celle sans profil disparaît."),
        refusedWith: "partners/not-mergeable"),
    ]
  }
}
