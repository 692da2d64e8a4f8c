internal import AccompanimentAPI
internal import Kernel
internal import Pages
internal import ProgrammesAPI

extension AccompanimentModule {
  /// The needs of a journey: written together, agreed on at once, each then answered by a brief.
  func needsSection(
    _ needs: [NeedRow], _ briefs: [BriefRow], of journey: JourneyRow, _ around: Surroundings
  ) -> Block {
    let kept = needs.filter { $0.state != .dropped }
    let isOpen = journey.endedAt == nil
    return .section(Words(en: "Needs", fr: "Besoins"), id: "needs") {
      for need in kept {
        Block.section(need.missionTypeName) {
          Block.prose(need.statement)
          Block.facts([
            Fact(en: "State", fr: "État", .tag(need.state.tag)),
            Fact(en: "Priority", fr: "Priorité", .number(need.priority.value)),
          ])
          if isOpen, need.state == .proposed { changes(to: need, around) }
          if isOpen, need.state == .confirmed,
            !briefs.contains(where: { $0.need == need.id && $0.cancelledAt == nil })
          {
            Block.actions(
              .link(
                Words(
                  en: "Write the brief: \(need.missionTypeName.en)",
                  fr: "Rédiger le cahier des charges : \(need.missionTypeName.fr)"),
                "/journeys/\(journey.id)/needs/\(need.id)/brief"))
          }
        }
      }
      if isOpen, kept.contains(where: { $0.state == .proposed }), journey.diagnosis != nil {
        Block.form(
          "accompaniment.confirm-needs", [],
          fixed: ["journey": .string(journey.id.description)],
          button: Words(en: "We agree on these needs", fr: "Nous confirmons ces besoins"),
          tone: .good,
          confirming: Confirmation(
            Words(en: "Confirm these needs?", fr: "Confirmer ces besoins ?"),
            Words(
              en: "They no longer change then; everybody is told, and the brief comes next.",
              fr:
                "Ils ne changent plus ensuite ; tout le monde est prévenu, et le cahier des charges vient après."
            ),
            button: Words(en: "Yes, confirm them", fr: "Oui, les confirmer")),
          then: .here(Words(en: "The needs are agreed.", fr: "Les besoins sont confirmés.")))
      }
      if isOpen {
        Block.details(
          Words(en: "Add a need", fr: "Ajouter un besoin"),
          [
            .form(
              "accompaniment.add-need", fields(around),
              fixed: ["journey": .string(journey.id.description)],
              values: ["priority": .integer(Int64(min(5, kept.count + 1)))],
              button: Words(en: "Add the need", fr: "Ajouter le besoin"),
              then: .here(Words(en: "The need is noted.", fr: "Le besoin est noté.")))
          ])
      }
    }
  }

  private func fields(_ around: Surroundings) -> [FormField] {
    [
      FormField(
        "missionType", as: .select,
        choices: around.catalogue.missionTypes.map { FormChoice($0.key, $0.name) }),
      FormField("statement", as: .lines(4)),
      FormField(
        "priority",
        hint: Words(
          en: "From 1, the most important, to 5.", fr: "De 1, le plus important, à 5."),
        as: .select,
        choices: (1...5).map { FormChoice($0, name: $0) }),
    ]
  }

  private func changes(to need: NeedRow, _ around: Surroundings) -> [Block] {
    let id: [String: JSON] = ["need": .string(need.id.description)]
    return [
      .details(
        Words(
          en: "Change: \(need.missionTypeName.en)", fr: "Modifier : \(need.missionTypeName.fr)"),
        [
          .form(
            "accompaniment.change-need", fields(around), fixed: id,
            values: [
              "missionType": .string(need.missionType.description),
              "statement": .string(need.statement.description),
              "priority": .integer(Int64(need.priority.value)),
            ], version: need.version,
            button: Words(en: "Save the need", fr: "Enregistrer le besoin"),
            then: .here(Words(en: "The need is saved.", fr: "Le besoin est enregistré."))),
          .form(
            "accompaniment.drop-need", [], fixed: id,
            button: Words(en: "Drop this need", fr: "Abandonner ce besoin"), tone: .warning,
            then: .here(Words(en: "The need is dropped.", fr: "Le besoin est abandonné."))),
        ])
    ]
  }
}
