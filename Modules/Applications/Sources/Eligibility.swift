internal import ApplicationsAPI
internal import Kernel

extension CallRow {
  /// Every reason for which an organisation may not apply; none when it may.
  func obstacles(for organisation: OrganisationRow) -> [FieldProblem] {
    var faults: [FieldProblem] = []
    let territories = eligibility.territories ?? []
    if !territories.isEmpty,
      !territories.contains(where: { folded($0) == folded(organisation.territory) })
    {
      let list = territories.map(\.description).joined(separator: ", ")
      faults.append(
        FieldProblem(
          "territory", en: "\(organisation.territory) is not among: \(list)",
          fr: "\(organisation.territory) n’est pas parmi : \(list)"))
    }
    let kinds = eligibility.kinds ?? []
    if !kinds.isEmpty, !kinds.contains(organisation.kind) {
      faults.append(
        FieldProblem(
          "kind", en: "the call is for: \(kinds.map(\.title.en).joined(separator: ", "))",
          fr: "l’appel s’adresse à : \(kinds.map(\.title.fr).joined(separator: ", "))"))
    }
    let months = eligibility.minimumAgeMonths?.value ?? 0
    if months > 0, fullMonths(from: organisation.foundedOn, to: closesOn) < months {
      faults.append(
        FieldProblem(
          "foundedOn", en: "the organisation must be \(months) months old on \(closesOn)",
          fr: "l’organisation doit avoir \(months) mois au \(closesOn)"))
    }
    return faults
  }
}

/// Territories are typed by people: case does not count.
private func folded(_ name: Name) -> String { name.description.lowercased() }

extension OrganisationKind {
  var title: Words {
    switch self {
    case .association: Words(en: "associations", fr: "associations")
    case .foundation: Words(en: "foundations", fr: "fondations")
    case .federation: Words(en: "federations", fr: "fédérations")
    case .other: Words(en: "other organisations", fr: "autres organisations")
    }
  }
}

/// How many months have gone by in full between two dates.
func fullMonths(from start: Day, to end: Day) -> Int {
  func parts(_ day: Day) -> [Int] { day.description.split(separator: "-").compactMap { Int($0) } }
  let (from, to) = (parts(start), parts(end))
  let months = (to[0] - from[0]) * 12 + to[1] - from[1]
  return to[2] < from[2] ? months - 1 : months
}
