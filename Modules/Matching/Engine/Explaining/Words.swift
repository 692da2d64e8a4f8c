// Explanations in sentences, one fact each, in French and in English.

extension Explainer {
  /// Why the volunteer got what they got, in sentences.
  public func words(_ explanation: VolunteerExplanation, in language: ExplanationLanguage)
    -> [String]
  {
    let say = ExplanationWriter(context, language)
    let name = context.volunteer(explanation.volunteer)
    var lines = explanation.placements.map { say.placed(name, $0, in: instance) }
    if explanation.capacity == 0 {
      lines.append(
        say(
          "\(name) ne peut prendre aucun rôle : sa capacité est 0.",
          "\(name) can take no role: their capacity is 0."))
      return lines
    }
    if explanation.placements.isEmpty {
      lines.append(say("\(name) n’a pas de rôle.", "\(name) has no role."))
    }
    if explanation.openRoles == 0 { lines += say.nothingOpen(explanation) }
    if let contribution = explanation.contribution {
      lines.append(
        say(
          "Sans \(name), l’ensemble \(say.lost(contribution)).",
          "Without \(name), the whole \(say.lost(contribution))."))
    }
    if let alternative = explanation.alternative {
      lines += say.alternative(alternative, in: instance)
    }
    if let wanted = explanation.seatWanted { lines.append(say.seatWanted(wanted)) }
    return lines
  }

  /// Why seats of a role stay empty, in sentences.
  public func words(_ explanation: SeatExplanation, in language: ExplanationLanguage) -> [String] {
    let say = ExplanationWriter(context, language)
    let role = context.role(explanation.role)
    var lines = [
      say(
        "Rôle \(role) : \(say.count(explanation.empty, "place vide", "places vides")) sur "
          + "\(explanation.seats).",
        "Role \(role): \(explanation.empty) of "
          + "\(say.count(explanation.seats, "seat", "seats")) empty.")
    ]
    if explanation.eligible == 0 {
      lines.append(say("Personne n’y est éligible.", "Nobody is eligible for it."))
    }
    if let shortage = explanation.shortage {
      lines.append(say.shortage(shortage))
      lines.append(say.oneMore(explanation.role, shortage, self))
    }
    for volunteer in explanation.keptOutByCap.prefix(3) {
      let company = context.company(Int(instance.company[volunteer]))
      let mission = context.mission(explanation.mission)
      lines.append(
        say(
          "\(context.volunteer(volunteer)) est libre, mais la mission \(mission) a déjà le "
            + "nombre permis de personnes de l’entreprise \(company).",
          "\(context.volunteer(volunteer)) is free, but mission \(mission) already has as many "
            + "people of company \(company) as it may."))
    }
    if let move = explanation.cheapestMove, let cost = move.cost {
      let name = context.volunteer(Int(move.pair.volunteer))
      lines.append(
        say(
          "Le déplacement le moins coûteux serait celui de \(name) "
            + "(affinité \(move.affinity)) : il \(say.costs(cost)).",
          "The cheapest move here would be \(name) (affinity \(move.affinity)): it "
            + "\(say.costs(cost))."))
    }
    for miss in explanation.nearMisses.prefix(3) {
      lines.append(
        say(
          say.count(
            miss.count, "volontaire libre n’en est exclu", "volontaires libres n’en sont exclus")
            + " que par une règle : \(miss.rule.french).",
          say.count(miss.count, "free volunteer is", "free volunteers are")
            + " kept from it by one rule alone: \(miss.rule.english)."))
    }
    return lines
  }

  /// Why the pair is or is not part of the answer, in sentences.
  public func words(_ verdict: PairVerdict, of pair: Pair, in language: ExplanationLanguage)
    -> [String]
  {
    let say = ExplanationWriter(context, language)
    let name = context.volunteer(Int(pair.volunteer))
    let role = context.role(Int(pair.role))
    switch verdict {
    case .chosen(let pinned):
      return [
        pinned
          ? say(
            "\(name) a le rôle \(role) parce qu’il est verrouillé.",
            "\(name) has role \(role) because it is locked.")
          : say("\(name) a le rôle \(role).", "\(name) has role \(role).")
      ]
    case .forbidden:
      return [
        say(
          "\(name) au rôle \(role) est interdit par un verrou.",
          "\(name) in role \(role) is forbidden by a lock.")
      ]
    case .notEligible(let rules):
      let because = rules.map { $0.text(in: language) }.joined(separator: language.separator)
      return [
        say(
          "\(name) n’est pas éligible au rôle \(role)",
          "\(name) is not eligible for role \(role)")
          + (because.isEmpty ? "." : language.colon + because + ".")
      ]
    case .outbid(let cost, let obstacles):
      var lines: [String] = []
      if let cost {
        lines.append(
          say(
            "\(name) au rôle \(role) \(say.costs(cost)).",
            "\(name) in role \(role) \(say.costs(cost))."))
      }
      return lines + obstacles.map { say.obstacle($0) }
    }
  }
}

extension ExplanationLanguage {
  var separator: String { self == .french ? " ; " : "; " }
  var colon: String { self == .french ? " : " : ": " }
}
