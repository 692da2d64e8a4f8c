internal import AccompanimentAPI
internal import Kernel
internal import MatchingEngine
internal import PartnersAPI

/// Reasons for the people themselves, told from the engine's explanation: what is open to them, and
/// nothing of other people, of costs, or of their own past.
extension Evidence {
  /// Why a volunteer has no place.
  func whyWaiting(_ explanation: VolunteerExplanation) -> Words {
    let volunteer = situation.volunteers[explanation.volunteer]
    let seats = situation.seats
    let edges =
      instance.edgeStart[
        explanation.volunteer]..<instance.edgeStart[
        explanation.volunteer + 1]
    guard explanation.openRoles > 0 else { return situation.whyNothingIsOpen(to: volunteer) }
    return situation.waiting(for: edges.map { seats[Int(instance.edgeRole[Int($0)])] })
  }
}

extension MatchingCase {
  /// Why somebody who came when the teams were made has no place.
  func whyWaiting(_ volunteer: Volunteer) -> Words {
    let open = seats.filter { exclusions(of: volunteer, from: $0.role, in: $0.brief).isEmpty }
    return open.isEmpty ? whyNothingIsOpen(to: volunteer) : waiting(for: open)
  }

  fileprivate func waiting(for open: [Seat]) -> Words {
    let names = open.prefix(3).map {
      "\($0.role.title) (\(organisationName(of: $0.brief)))"
    }.joined(separator: ", ")
    let more = max(0, open.count - 3)
    return Words(
      en:
        "On the waiting list for \(names)\(more > 0 ? " and \(more) more" : ""): every seat there "
        + "is taken by people the teams fit better with as a whole.",
      fr:
        "Sur liste d’attente pour \(names)\(more > 0 ? " et \(more) de plus" : "") : chaque place "
        + "y revient à une personne avec qui l’ensemble des équipes s’accorde mieux.")
  }

  /// The rules before the roles they come nearest to, which say most.
  fileprivate func whyNothingIsOpen(to volunteer: Volunteer) -> Words {
    let all = seats.map { exclusions(of: volunteer, from: $0.role, in: $0.brief) }
      .filter { !$0.isEmpty && $0.allSatisfy(\.isOfProfile) }
    let fewest = all.map(\.count).min() ?? 0
    var counts: [Words: Int] = [:]
    for reason in all.filter({ $0.count == fewest }).joined() {
      counts[reason.words(self), default: 0] += 1
    }
    let top = counts.sorted { ($1.value, $0.key.en) < ($0.value, $1.key.en) }.prefix(2).map(\.key)
    guard !top.isEmpty else {
      return Words(
        en: "No role of this edition fits this profile.",
        fr: "Aucun rôle de cette édition ne correspond à ce profil.")
    }
    return Words(
      en: "No role fits this profile: \(top.map(\.en).joined(separator: "; ")).",
      fr: "Aucun rôle ne correspond à ce profil : \(top.map(\.fr).joined(separator: " ; ")).")
  }
}
