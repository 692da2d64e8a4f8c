/// The sentences that explanations are put together from.
struct ExplanationWriter {
  private let context: ExplanationContext
  private let language: ExplanationLanguage

  init(_ context: ExplanationContext, _ language: ExplanationLanguage) {
    self.context = context
    self.language = language
  }

  func callAsFunction(_ french: String, _ english: String) -> String {
    language == .french ? french : english
  }

  /// "1 seat", "3 seats": nothing is one of a kind in French, and several in English.
  func count(_ count: Int, _ one: String, _ many: String) -> String {
    let isOne = count == 1 || count == 0 && language == .french
    return "\(count) \(isOne ? one : many)"
  }

  func placed(_ name: String, _ placement: Placement, in instance: Instance) -> String {
    let role = context.role(placement.role)
    let mission = context.mission(Int(instance.roleMission[placement.role]))
    let locked =
      placement.pinned
      ? self(" (verrouillé)", " (locked)")
      : placement.kept ? self(" (gardé du calcul d’avant)", " (kept from the run before)") : ""
    return self(
      "\(name) a le rôle \(role) de la mission \(mission)\(locked), affinité "
        + "\(placement.affinity).",
      "\(name) has role \(role) of mission \(mission)\(locked), affinity \(placement.affinity).")
  }

  func nothingOpen(_ explanation: VolunteerExplanation) -> [String] {
    var lines: [String] = []
    if explanation.forbiddenRoles == 1 {
      lines.append(
        self(
          "Le seul rôle possible est interdit par un verrou.",
          "The only possible role is forbidden by a lock."))
    } else if explanation.forbiddenRoles > 0 {
      lines.append(
        self(
          "Les \(explanation.forbiddenRoles) rôles possibles sont interdits par des verrous.",
          "The \(explanation.forbiddenRoles) possible roles are forbidden by locks."))
    } else {
      lines.append(
        self("Aucun rôle ne lui est ouvert.", "No role is open to them."))
    }
    for exclusion in explanation.exclusions.prefix(4) {
      lines.append(
        self(
          "Exclu de \(count(exclusion.count, "rôle", "rôles")) : \(exclusion.rule.french).",
          "Kept from \(count(exclusion.count, "role", "roles")): \(exclusion.rule.english)."))
    }
    return lines
  }

  func alternative(_ alternative: Alternative, in instance: Instance) -> [String] {
    let role = context.role(Int(alternative.pair.role))
    let mission = context.mission(Int(instance.roleMission[Int(alternative.pair.role)]))
    var line = self(
      "La meilleure autre possibilité est le rôle \(role) de la mission \(mission) (affinité "
        + "\(alternative.affinity))",
      "The best alternative is role \(role) of mission \(mission) (affinity "
        + "\(alternative.affinity))")
    if let cost = alternative.cost {
      line += self(" : elle \(costs(cost))", ": it \(costs(cost))")
    }
    return [line + "."] + alternative.obstacles.map { obstacle($0) }
  }

  func obstacle(_ obstacle: Obstacle) -> String {
    switch obstacle {
    case .volunteerBusy(let roles):
      let names = roles.map { context.role($0) }.joined(separator: ", ")
      return self(
        "Sa capacité est déjà employée (\(roles.count == 1 ? "rôle" : "rôles") \(names)).",
        "Their capacity is already used (\(roles.count == 1 ? "role" : "roles") \(names)).")
    case .roleFull(let seats):
      return self(
        seats == 1 ? "La seule place y est prise." : "Les \(seats) places y sont prises.",
        seats == 1 ? "Its only seat is taken." : "All \(seats) of its seats are taken.")
    case .companyCap(let company, let mission, let cap):
      let (who, place) = (context.company(company), context.mission(mission))
      return self(
        "La mission \(place) a déjà \(count(cap, "personne", "personnes")) de l’entreprise \(who), "
          + "le maximum.",
        "Mission \(place) already has \(count(cap, "person", "people")) of company \(who), the most "
          + "allowed.")
    }
  }

  func seatWanted(_ wanted: SeatValue) -> String {
    let role = context.role(wanted.role)
    var line = self(
      "Une place de plus au rôle \(role) permettrait de placer quelqu’un de plus",
      "One more seat in role \(role) would place one more person")
    if let gain = wanted.gain, gain.seats < 0 || gain.points < 0 {
      let gained = Cost(seats: -gain.seats, points: -gain.points, certainty: gain.certainty)
      line += self(" (gain : \(amount(gained)))", " (worth \(amount(gained)))")
    }
    return line + "."
  }

  func shortage(_ shortage: Shortage) -> String {
    let volunteers = self(
      count(shortage.volunteers, "volontaire peut", "volontaires peuvent"),
      count(shortage.volunteers, "volunteer", "volunteers"))
    if shortage.roles.count == 1 {
      if shortage.places == 0 {
        return shortage.seats == 1
          ? self("Personne ne peut prendre cette place.", "Nobody can take this seat.")
          : self(
            "Personne ne peut prendre l’une de ces \(shortage.seats) places.",
            "Nobody can take any of these \(shortage.seats) seats.")
      }
      return self(
        "\(volunteers) prendre \(shortage.places) de ces \(shortage.seats) places, pas davantage.",
        "\(volunteers) can take \(shortage.places) of these \(shortage.seats) seats, and no more.")
    }
    return self(
      "C’est l’un de \(shortage.roles.count) rôles qui ont ensemble \(shortage.seats) places ; "
        + "\(volunteers) en prendre \(shortage.places) : "
        + "\(count(shortage.missing, "reste vide", "restent vides")) quelles que soient les équipes.",
      "It is one of \(shortage.roles.count) roles with \(shortage.seats) seats in all, of which "
        + "\(volunteers) can take \(shortage.places): "
        + "\(count(shortage.missing, "stays", "stay")) empty whatever the teams.")
  }

  /// What one more volunteer would change.
  func oneMore(_ role: Int, _ shortage: Shortage, _ explainer: Explainer) -> String {
    guard let needs = context.requirement(role) else {
      if shortage.roles.count == 1 {
        return self(
          "Un volontaire éligible de plus remplirait une place.",
          "One more eligible volunteer fills one seat.")
      }
      let capped = explainer.instance.rules.companyCap != nil
      return self(
        "Un volontaire de plus, éligible à ce rôle, remplirait une place ; de même s’il l’est à un "
          + "autre rôle du groupe, par des échanges"
          + (capped ? " que la limite par entreprise permettrait." : "."),
        "One more volunteer who is eligible for it fills one seat; so does one eligible for another "
          + "role of the group, by exchanges" + (capped ? " within the company cap." : "."))
    }
    let alike = shortage.roles.filter { context.requirement($0) == needs }
    let empty = alike.reduce(0) { $0 + (explainer.emptySeats(in: $1)) }
    return self(
      "Un volontaire de plus avec « \(needs.french) » remplirait une place ; "
        + "\(count(empty, "place de ce profil est vide", "places de ce profil sont vides")).",
      "One more volunteer with “\(needs.english)” fills one seat; "
        + "\(count(empty, "seat of that kind is empty", "seats of that kind are empty")).")
  }

  /// "would cost the whole 12 points".
  func costs(_ cost: Cost) -> String {
    self(
      cost.isNothing
        ? "ne coûterait \(amount(cost)) à l’ensemble" : "coûterait à l’ensemble \(amount(cost))",
      "would cost the whole \(amount(cost))")
  }

  /// "would lose 12 points".
  func lost(_ cost: Cost) -> String {
    self(
      "\(cost.isNothing ? "ne perdrait" : "perdrait") \(amount(cost))",
      "would lose \(amount(cost))")
  }

  /// "12 points", "at least 12 points" or "about 12 points".
  func amount(_ cost: Cost) -> String {
    let nothing = cost.isNothing
    switch cost.certainty {
    case .exact: return nothing ? self("rien", "nothing") : bare(cost)
    case .atLeast where nothing: return self("peut-être rien", "perhaps nothing")
    case .atLeast: return self("au moins \(bare(cost))", "at least \(bare(cost))")
    case .about where nothing: return self("à peu près rien", "about nothing")
    case .about: return self("environ \(bare(cost))", "about \(bare(cost))")
    }
  }

  private func bare(_ cost: Cost) -> String {
    let lost = Int64(abs(cost.seats))
    let seats = self(
      lost == 1 ? "1 place pourvue" : "\(lost) places pourvues",
      lost == 1 ? "1 filled seat" : "\(lost) filled seats")
    let count = abs(cost.points)
    let points = count == 1 ? "1 point" : "\(count) points"
    if cost.seats == 0 { return (cost.points < 0 ? "−" : "") + points }
    let signed = (cost.seats < 0 ? "−" : "") + seats
    if cost.points == 0 { return signed }
    return (cost.points > 0) == (cost.seats > 0)
      ? self("\(signed) et \(points)", "\(signed) and \(points)")
      : self(
        "\(signed), contre \(points) \(count == 1 ? "gagné" : "gagnés")",
        "\(signed), against \(points) gained")
  }
}

extension Cost {
  fileprivate var isNothing: Bool { seats == 0 && points == 0 }
}

extension Explainer {
  func emptySeats(in role: Int) -> Int { Int(instance.roleSeats[role]) - holders[role].count }
}
