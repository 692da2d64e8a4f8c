public import Kernel

extension ApplicationsError {
  public var problem: Problem {
    switch self {
    case .callState(let state):
      conflict(
        "call-state", Words(en: "Not at this stage", fr: "Pas à ce stade"),
        Words(
          en: "The call is \(state.title.en).", fr: "L’appel à candidatures est \(state.title.fr)."),
        Words(
          en: "A call is prepared, then open, then closed, then decided.",
          fr: "Un appel est préparé, puis ouvert, puis clos, puis délibéré."))
    case .wrongState(let state):
      conflict(
        "wrong-state", Words(en: "Not at this stage", fr: "Pas à ce stade"),
        Words(
          en: "The application is at this stage: \(state.title.en).",
          fr: "La candidature est à ce stade : \(state.title.fr)."),
        Words(
          en: "Look at the application to see what can be done now, or write to the operator.",
          fr: "Consultez la candidature pour voir ce qui est possible, ou écrivez à l’opérateur."))
    case .deadlinePassed(let day, let zone):
      conflict(
        "deadline-passed", Words(en: "The call has closed", fr: "L’appel est clos"),
        Words(
          en: "Applications were taken until \(day), end of day (\(zone)).",
          fr: "Les candidatures étaient reçues jusqu’au \(day) inclus (\(zone))."),
        Words(
          en: "Nothing is lost: your draft is kept as it is. Write to the operator if it matters.",
          fr: "Rien n’est perdu : votre brouillon est conservé. Écrivez à l’opérateur si besoin."))
    case .closesLater(let day):
      conflict(
        "closes-later", Words(en: "The call is still open", fr: "L’appel est encore ouvert"),
        Words(
          en: "Organisations were told they may apply until \(day), end of day.",
          fr: "Les organisations ont été prévenues qu’elles peuvent candidater jusqu’au \(day)."),
        Words(
          en: "Wait until then, or close the call early on purpose (early: true).",
          fr: "Attendez cette date, ou clôturez l’appel plus tôt, exprès (early : true)."))
    case .confirmationPassed(let day):
      conflict(
        "confirmation-passed",
        Words(en: "The time to confirm is over", fr: "Le délai de confirmation est passé"),
        Words(
          en: "The place was kept until \(day), end of day.",
          fr: "La place était gardée jusqu’au \(day) inclus."),
        Words(
          en: "Write to the operator: a place may still be free.",
          fr: "Écrivez à l’opérateur : une place est peut-être encore libre."))
    case .answersPending(let count):
      conflict(
        "answers-pending", Words(en: "Places may still come free", fr: "Des places restent en jeu"),
        Words(
          en: "\(count) laureates have still to confirm or give up their place.",
          fr: "\(count) lauréats n’ont pas encore confirmé ou laissé leur place."),
        Words(
          en: "Close the waiting list once every laureate has answered.",
          fr: "Clôturez la liste d’attente quand tous les lauréats auront répondu."))
    case .editionClosed:
      conflict(
        "edition-closed", Words(en: "The edition is closed", fr: "L’édition est close"),
        Words(
          en: "No call can be made for an edition that is closed.",
          fr: "On ne peut pas lancer d’appel pour une édition close."),
        Words(en: "Choose an edition that is planned or open.", fr: "Choisissez une autre édition.")
      )
    case .incomplete(let fields):
      Problem(
        "applications/incomplete", status: 422,
        title: Words(en: "Not quite complete", fr: "Presque complète"),
        detail: Words(
          en: "\(counted(fields.count, "answer")) still missing.",
          fr: fields.count == 1
            ? "Il manque encore une réponse." : "Il manque encore \(fields.count) réponses."),
        advice: Words(
          en: "Your draft is kept and is not submitted yet. Complete it, then submit it again.",
          fr: "Votre brouillon est conservé, mais pas encore déposé. Complétez-le, puis déposez-le."
        ), fields: fields)
    case .answersClash(let fields):
      Problem(
        "applications/answers-clash", status: 409,
        title: Words(en: "Somebody else wrote here too", fr: "Quelqu’un d’autre a écrit ici aussi"),
        detail: Words(
          en: "Both versions are kept: what you wrote, and what was saved in the meantime.",
          fr: "Les deux versions sont là : la vôtre, et celle enregistrée entre-temps."),
        advice: Words(
          en: "Make one answer of both, then save again. Nothing of it was overwritten.",
          fr: "Faites-en une seule réponse, puis enregistrez à nouveau. Rien n’a été écrasé."),
        fields: fields)
    case .notEligible(let fields):
      Problem(
        "applications/not-eligible", status: 422,
        title: Words(en: "This call is for others", fr: "Cet appel ne vous correspond pas"),
        detail: Words(
          en: "The organisation does not meet the conditions of this call.",
          fr: "L’organisation ne remplit pas les conditions de cet appel."),
        advice: Words(
          en:
            "Your draft is kept. If a detail of the organisation is wrong, correct it and submit.",
          fr: "Votre brouillon est conservé. Si une information est fausse, corrigez-la et déposez."
        ), fields: fields)
    case .tooFewReviewers(let fields):
      Problem(
        "applications/too-few-reviewers", status: 409,
        title: Words(en: "Not enough reviewers", fr: "Pas assez de relecteurs"),
        detail: Words(
          en: "Some applications have too few reviewers without a conflict of interest.",
          fr: "Des candidatures ont trop peu de relecteurs sans conflit d’intérêts."),
        advice: Words(
          en: "Nothing was assigned. Register more reviewers, or ask for fewer reviews each.",
          fr: "Rien n’a été attribué. Inscrivez des relecteurs, ou demandez moins de relectures."),
        fields: fields)
    case .organisationKnown:
      conflict(
        "organisation-known", Words(en: "Already registered", fr: "Déjà inscrite"),
        Words(
          en: "This organisation is registered already.",
          fr: "Cette organisation est déjà inscrite."
        ),
        Words(
          en:
            "Ask its lead to add you as a member, or write to the operator. A branch of a body that is registered gives its own SIRET.",
          fr:
            "Demandez à son responsable de vous ajouter, ou écrivez à l’opérateur. Une antenne d’une entité déjà inscrite donne son propre SIRET."
        ))
    case .bothApply:
      conflict(
        "both-apply", Words(en: "Both take part", fr: "Toutes deux participent"),
        Words(
          en: "Both organisations have an application to one call, or a place in one edition.",
          fr:
            "Les deux organisations ont une candidature au même appel, ou une place dans la même édition."
        ),
        Words(
          en: "Withdraw one application, or give one place up, then merge.",
          fr: "Retirez l’une des candidatures, ou laissez l’une des places, puis fusionnez."))
    case .mergeOver:
      conflict(
        "merge-over", Words(en: "The merge stays", fr: "La fusion reste"),
        Words(
          en: "A merge is taken back within 30 days, once, and the latest one first.",
          fr: "Une fusion se défait dans les 30 jours, une fois, la plus récente d’abord."),
        Words(
          en: "Look at the list of merges; after that, register the organisation anew.",
          fr: "Consultez la liste des fusions ; passé ce délai, inscrivez l’organisation à nouveau."
        ))
    case .cameSince(let fields):
      Problem(
        "applications/came-since", status: 409,
        title: Words(en: "Whose is what came since?", fr: "À qui est ce qui est venu depuis ?"),
        detail: Words(
          en:
            "Since the merge, applications were begun or members added: nobody else can say whose.",
          fr:
            "Depuis la fusion, des candidatures ont été commencées ou des membres ajoutés : vous seul savez à qui ils sont."
        ),
        advice: Words(
          en:
            "Nothing was changed. Look at the merge, say for each which goes where, and send it again.",
          fr:
            "Rien n’a été changé. Consultez la fusion, dites pour chacun où il va, puis recommencez."
        ), fields: fields)
    case .memberKnown(let email):
      conflict(
        "member-known", Words(en: "Already a member", fr: "Déjà membre"),
        Words(
          en: "The organisation has a member with the address \(email).",
          fr: "L’organisation a déjà un membre à l’adresse \(email)."),
        Words(en: "Change their role instead.", fr: "Changez plutôt son rôle."))
    case .reviewerKnown(let email):
      conflict(
        "reviewer-known", Words(en: "Already registered", fr: "Déjà inscrit"),
        Words(
          en: "A reviewer with the address \(email) is registered.",
          fr: "Un relecteur à l’adresse \(email) est déjà inscrit."),
        Words(en: "The list of reviewers shows them.", fr: "La liste des relecteurs le montre."))
    case .lastLead:
      conflict(
        "last-lead", Words(en: "Somebody must answer", fr: "Il faut un responsable"),
        Words(
          en: "The organisation would have no lead left.",
          fr: "L’organisation n’aurait plus de responsable."),
        Words(en: "Make another member lead first.", fr: "Nommez d’abord un autre responsable."))
    case .roleNeeded(let role):
      Problem(
        "applications/role-needed", status: 403,
        title: Words(en: "Not with your role", fr: "Pas avec votre rôle"),
        detail: Words(
          en: "Your organisation asks for the role “\(role.title.en)” to do this.",
          fr: "Il faut pour cela le rôle « \(role.title.fr) » dans votre organisation."),
        advice: Words(
          en: "Ask the lead of your organisation.",
          fr: "Adressez-vous au responsable de votre organisation."))
    case .conflictOfInterest:
      conflict(
        "conflict-of-interest", Words(en: "A conflict of interest", fr: "Un conflit d’intérêts"),
        Words(
          en: "A conflict of interest is on record between this reviewer and this organisation.",
          fr: "Un conflit d’intérêts est enregistré entre ce relecteur et cette organisation."),
        Words(en: "Choose another reviewer.", fr: "Choisissez un autre relecteur."))
    case .likelyConflict(let why):
      conflict(
        "likely-conflict",
        Words(en: "Perhaps a conflict of interest", fr: "Peut-être un conflit d’intérêts"), why,
        Words(
          en: "Ask them: declare the conflict, or clear it (clear-conflict), then assign.",
          fr: "Demandez : déclarez le conflit, ou écartez-le (clear-conflict), puis attribuez."))
    case .reviewerRetired:
      conflict(
        "reviewer-retired", Words(en: "No longer in the jury", fr: "N’est plus dans le jury"),
        Words(en: "This reviewer has left the jury.", fr: "Ce relecteur a quitté le jury."),
        Words(
          en: "Choose another reviewer, or take them back first (return-reviewer).",
          fr: "Choisissez un autre relecteur, ou réintégrez-le d’abord (return-reviewer)."))
    case .noPlaceFree(let places):
      conflict(
        "no-place-free", Words(en: "Every place is taken", fr: "Toutes les places sont prises"),
        Words(
          en: "The call has \(places) places, and as many laureates.",
          fr: "L’appel compte \(places) places, et autant de lauréats."),
        Words(
          en: "Wait until one gives its place up, or give one more on purpose (beyond: true).",
          fr: "Attendez qu’une place se libère, ou donnez-en une de plus, exprès (beyond : true)."))
    }
  }
}

private func conflict(_ code: String, _ title: Words, _ detail: Words, _ advice: Words) -> Problem {
  Problem("applications/" + code, status: 409, title: title, detail: detail, advice: advice)
}

private func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "One \(noun) is" : "\(count) \(noun)s are"
}
