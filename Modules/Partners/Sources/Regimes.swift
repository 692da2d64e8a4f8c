internal import Kernel
internal import PartnersAPI

extension PartnersModule {
  @UseCases var aboutRegimes: [Endpoint] {
    changeRegime
  }

  struct ChangeRegime: Codable, Sendable {
    let volunteer: VolunteerID
    let version: Int?
    let regime: Regime
  }

  var changeRegime: UseCase<ChangeRegime, VolunteerView> {
    .command(
      "partners.change-regime", .put, "/volunteers/{volunteer}/regime", by: .staff,
      Words(
        en: "Change the regime under which somebody takes part; hours logged keep theirs",
        fr: "Changer le régime d’un volontaire ; les heures saisies gardent le leur")
    ) { (input: ChangeRegime, transaction) in
      var row = try visibleVolunteer(input.volunteer, to: transaction.actor, in: transaction)
      try row.expect(version: input.version)
      let partner = try row.partner.flatMap { try transaction.find(PartnerRow.self, $0) }
      let agreed = try row.partner.flatMap {
        try agreement(of: $0, for: row.editionId, in: transaction)
      }
      if let words = objection(to: input.regime, sentBy: partner, under: agreed) {
        throw Problem.invalid("regime", en: words.en, fr: words.fr)
      }
      row.regime = input.regime
      try transaction.update(&row)
      return try VolunteerView(row, in: transaction)
    }
  }
}

/// Why somebody sent by `partner` (nobody: nil) cannot take part under `regime`; nil when they can.
func objection(
  to regime: Regime, sentBy partner: PartnerRow?, under agreement: AgreementRow?
) -> Words? {
  guard let partner else {
    // Company time and a job search both have somebody else who answers for them.
    return regime == .ownTime
      ? nil
      : Words(
        en: "somebody whom no partner sends takes part in their own time",
        fr: "une personne sans partenaire participe sur son temps personnel")
  }
  if regime == .jobSeeker && partner.kind != .employmentAgency {
    return Words(
      en: "job seekers are sent by employment agencies only",
      fr: "seules les agences de l’emploi envoient des demandeurs d’emploi")
  }
  if let day = agreement?.endedOn {
    return Words(
      en: "the partner left the edition on \(day)",
      fr: "le partenaire a quitté l’édition le \(day)")
  }
  guard let agreement, !agreement.regimes.contains(regime) else { return nil }
  let covered = agreement.regimes.map(\.label)
  return Words(
    en: "the partner’s agreement covers: \(covered.map(\.en).joined(separator: "; "))",
    fr: "la convention du partenaire couvre : \(covered.map(\.fr).joined(separator: " ; "))")
}
