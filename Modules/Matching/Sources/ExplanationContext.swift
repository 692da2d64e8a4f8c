internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import MatchingEngine
internal import PartnersAPI
internal import ProgrammesAPI

extension MatchingCase {
  /// What the engine's explanations call things, and the hard rules they know nothing of.
  var explanationContext: ExplanationContext {
    let seats = seats
    let (volunteers, companies, situation) = (volunteers, companiesInOrder, self)
    return ExplanationContext(
      volunteer: { volunteers[$0].contact.name.description },
      role: { "\(seats[$0].role.title) (\(situation.organisationName(of: seats[$0].brief)))" },
      mission: { situation.briefs[$0].title.description },
      company: { (situation.partnerNames[companies[$0]]?.description) ?? "" },
      requirement: { situation.requirement(of: seats[$0]) },
      exclusions: { pair in
        let seat = seats[Int(pair.role)]
        return exclusions(of: volunteers[Int(pair.volunteer)], from: seat.role, in: seat.brief)
          .map { Phrase($0.words(situation)) }
      })
  }

  func organisationName(of brief: Brief) -> Name {
    organisationNames[brief.organisation] ?? brief.title
  }

  /// What a role asks for: “Fundraising ≥ 3, Wed 18 Nov morning”.
  private func requirement(of seat: Seat) -> Phrase {
    let skill = skillName(seat.role.skill)
    let days = halfDayNames(seat.brief.halfDays)
    return Phrase(
      french: "\(skill.fr) ≥ \(seat.role.level.value), \(days.fr)",
      english: "\(skill.en) ≥ \(seat.role.level.value), \(days.en)")
  }
}

extension Phrase {
  init(_ words: Words) { self.init(french: words.fr, english: words.en) }

  var words: Words { Words(en: english, fr: french) }
}

extension Words {
  /// Sentences of the engine, in both languages, as one text.
  init(_ sentences: (ExplanationLanguage) -> [String]) {
    self.init(
      en: sentences(.english).joined(separator: " "),
      fr: sentences(.french).joined(separator: " "))
  }
}
