internal import AccompanimentAPI
internal import Kernel
internal import MatchingEngine
internal import PartnersAPI
internal import ProgrammesAPI

extension RunOutcome {
  /// Why a volunteer has no place: which hard rules stood between them and every role, or what a
  /// place for them would have cost the whole.
  func whyWaiting(_ number: Int) -> Words {
    let volunteer = situation.volunteers[number]
    let edges = Int(instance.edgeStart[number])..<Int(instance.edgeStart[number + 1])
    guard !edges.isEmpty else { return commonestExclusion(volunteer) }
    let seats = situation.seats
    let titles = edges.prefix(3).map { seats[Int(instance.edgeRole[$0])] }
    let names = titles.map {
      "\($0.role.title) (\(situation.organisationNames[$0.brief.organisation] ?? $0.brief.title))"
    }
    let more = edges.count > 3 ? edges.count - 3 : 0
    let list = names.joined(separator: ", ")
    let costEn =
      cost(number).map { " The nearest place would have cost the teams \($0) points as a whole." }
      ?? ""
    let costFr =
      cost(number).map { " La place la plus proche aurait coûté \($0) points à l’ensemble." } ?? ""
    return Words(
      en:
        "On the waiting list for \(list)\(more > 0 ? " and \(more) more" : ""): every seat there is taken by people the teams fit better with as a whole.\(costEn)",
      fr:
        "Sur liste d’attente pour \(list)\(more > 0 ? " et \(more) de plus" : "") : chaque place y revient à une personne avec qui l’ensemble des équipes s’accorde mieux.\(costFr)"
    )
  }

  /// What giving this volunteer their cheapest place would take from the whole, in points, read off
  /// the prices of the proof.
  private func cost(_ number: Int) -> Int64? {
    guard let proof = solution.certificate, instance.rules.isPlain else { return nil }
    let edges = Int(instance.edgeStart[number])..<Int(instance.edgeStart[number + 1])
    let losses = edges.map { edge in
      proof.rolePrice[Int(instance.edgeRole[edge])]
        - (Int64(instance.edgeWeight[edge]) + proof.seatBonus) * proof.scale
    }
    guard let least = losses.min(), proof.scale > 0 else { return nil }
    return max(0, (least + proof.scale - 1) / proof.scale)
  }

  private func commonestExclusion(_ volunteer: Volunteer) -> Words {
    // The roles they come nearest to say most: those that the fewest rules stand before.
    let all = situation.seats.map { exclusions(of: volunteer, from: $0.role, in: $0.brief) }
    let fewest = all.map(\.count).min() ?? 0
    var counts: [Exclusion: Int] = [:]
    for reasons in all where reasons.count == fewest {
      for reason in reasons { counts[reason, default: 0] += 1 }
    }
    let ordered = counts.map { (words: $0.key.words(situation.catalogue), count: $0.value) }.sorted
    {
      ($1.count, $0.words.en) < ($0.count, $1.words.en)
    }
    let top = ordered.prefix(2)
    return Words(
      en: "No role is open to them: \(top.map { $0.words.en }.joined(separator: "; ")).",
      fr: "Aucun rôle ne leur est ouvert : \(top.map { $0.words.fr }.joined(separator: " ; ")).")
  }

  /// Why seats of a role stay empty, and what would fill one.
  func whyEmpty(_ number: Int) -> Words {
    let seat = situation.seats[number]
    let skill =
      situation.catalogue.skill(seat.role.skill)?.name ?? Words(seat.role.skill.description)
    let eligible = instance.edgeRole.count { Int($0) == number }
    let days = seat.brief.halfDays.count
    let wanted = Words(
      en:
        "One more volunteer with “\(skill.en)” at level \(seat.role.level.value) or above, free on its \(days) half-days, fills a seat.",
      fr:
        "Une personne de plus avec « \(skill.fr) » au niveau \(seat.role.level.value) ou plus, libre à ses \(days) demi-journées, pourvoit une place."
    )
    if eligible == 0 {
      return Words(
        en: "Nobody is eligible. \(wanted.en)", fr: "Personne n’est éligible. \(wanted.fr)")
    }
    return Words(
      en: "Its \(eligible) eligible volunteers are needed elsewhere. \(wanted.en)",
      fr: "Les \(eligible) volontaires éligibles sont requis ailleurs. \(wanted.fr)")
  }
}
