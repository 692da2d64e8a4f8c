public import Kernel

/// An endpoint seen by a person. Its fields, their kinds, limits, choices and words come from the
/// endpoint's schema; the page says in which order, with what to begin with, and what happens after.
public struct Form: Sendable, Hashable {
  /// `missions.log-hours`.
  public var endpoint: String
  /// A heading of the form, where the section around it does not say enough.
  public var title: Words?
  /// What to know before filling it in.
  public var intro: Words?
  /// The fields to fill in, in order; empty for a form that is only a button.
  public var groups: [FieldGroup]
  /// Fields the page answers for itself: ids, a state. Whatever is posted for them is not looked at.
  public var fixed: [String: JSON]
  /// What the fields hold to begin with, by path (`title`, `answers.budget`).
  public var values: [String: JSON]
  /// The version the person looks at, for inputs that have one: a stale one shows both texts.
  public var version: Int?
  /// The words on the button.
  public var button: Words
  /// A button that ends or takes away something looks like it.
  public var tone: Tone
  /// What cannot be undone asks once more, on a page that says what will happen.
  public var confirmation: Confirmation?
  /// Where it leads once the endpoint has answered without a problem.
  public var success: Success
  /// Beside the button: another way out.
  public var cancel: Link?
  /// A map of the input that several people fill in at once (`answers`): what this page showed of it is
  /// sent along as `seen`, so that only what was changed here is written.
  public var merging: String?

  /// Any form; `Block.form` is for one group of fields.
  public init(
    _ endpoint: String, title: Words? = nil, intro: Words? = nil, fields: [FieldGroup] = [],
    fixed: [String: JSON] = [:], values: [String: JSON] = [:], version: Int? = nil, button: Words,
    tone: Tone = .plain, confirming: Confirmation? = nil, then success: Success,
    cancel: Link? = nil, merging: String? = nil
  ) {
    self.merging = merging
    self.endpoint = endpoint
    self.title = title
    self.intro = intro
    groups = fields
    self.fixed = fixed
    self.values = values
    self.version = version
    self.button = button
    self.tone = tone
    confirmation = confirming
    self.success = success
    self.cancel = cancel
  }

  /// Tells the forms of a page from each other: what they call, and for which row.
  public var id: String {
    let rows = fixed.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.shownInID)" }
    return ([endpoint] + rows).joined(separator: ";")
  }
}

extension Block {
  /// A form with one group of fields without a heading.
  public static func form(
    _ endpoint: String, title: Words? = nil, intro: Words? = nil, _ fields: [FormField],
    fixed: [String: JSON] = [:], values: [String: JSON] = [:], version: Int? = nil, button: Words,
    tone: Tone = .plain, confirming: Confirmation? = nil, then success: Success,
    cancel: Link? = nil, merging: String? = nil
  ) -> Block {
    .form(
      Form(
        endpoint, title: title, intro: intro,
        fields: fields.isEmpty ? [] : [FieldGroup(fields)], fixed: fixed, values: values,
        version: version, button: button, tone: tone, confirming: confirming, then: success,
        cancel: cancel, merging: merging))
  }
}

extension Form {
  /// What the page shows of the map that is merged, by key; null where there is nothing yet.
  public var seen: JSON? {
    guard let merging else { return nil }
    var shown: [String: JSON] = [:]
    for field in groups.flatMap(\.fields) where field.path.hasPrefix(merging + ".") {
      shown[String(field.path.dropFirst(merging.count + 1))] = values[field.path] ?? .null
    }
    return .object(shown)
  }
}

/// Fields that belong together, under a heading of their own where they have one.
public struct FieldGroup: Sendable, Hashable {
  /// Nil for fields without a heading of their own.
  public let legend: Words?
  /// What to know before filling in any of them.
  public let hint: Words?
  /// In the order they are filled in.
  public let fields: [FormField]
  /// Without a heading.
  public init(_ fields: [FormField]) { self.init(nil, fields) }
  public init(_ legend: Words?, hint: Words? = nil, _ fields: [FormField]) {
    self.legend = legend
    self.hint = hint
    self.fields = fields
  }
}

/// One field of a form. A plain string names it: everything else is the endpoint's. Paths reach into
/// the input: `contact.email`, `answers.budget`, `sessions[0].day`. A list element all of whose fields
/// stay empty is not sent, so that a page may offer more lines than are needed.
public struct FormField: Sendable, Hashable, ExpressibleByStringLiteral {
  /// How a field is filled in; what may be in it is its schema's.
  public enum Control: Sendable, Hashable {
    /// What the schema suggests.
    case usual
    /// A text of so many lines to begin with; it may be longer.
    case lines(Int)
    /// One of the choices, all of them seen.
    case radios
    /// One of the choices, opened to be seen.
    case select
    /// Several of the choices of a list.
    case checkboxes
    /// Not shown while it is typed, and never sent back to the page.
    case password
    /// One-time codes: digits, large, without suggestions.
    case code
    /// A file: its bytes in base64 where the field is `Bytes`, else its text. `accept` as in HTML.
    case file(accept: String)
  }

  /// Where in the input it goes.
  public let path: String
  /// Other words than the endpoint's, where the page knows better: the question of a call.
  public var label: Words?
  /// Beside the endpoint's; nil for the endpoint's own.
  public var hint: Words?
  /// How it is filled in.
  public var control: Control
  /// For fields whose choices are rows: who, which. Else those of the schema.
  public var choices: [FormChoice]
  /// Must be filled in here, though the endpoint can do without; nil for what the endpoint says.
  public var required: Bool?
  /// A token of HTML's autocomplete, for a person's own data: `email`, `given-name`.
  public var autocomplete: String?
  /// Where the endpoint's schema leaves it open (the answers to a call's questions): what is expected.
  public var schema: JSONSchema?

  public init(
    _ path: String, label: Words? = nil, hint: Words? = nil, as control: Control = .usual,
    choices: [FormChoice] = [], required: Bool? = nil, autocomplete: String? = nil,
    schema: JSONSchema? = nil
  ) {
    self.path = path
    self.label = label
    self.hint = hint
    self.control = control
    self.choices = choices
    self.required = required
    self.autocomplete = autocomplete
    self.schema = schema
  }
  public init(stringLiteral value: String) { self.init(value) }
}

/// One of the choices of a field or filter.
public struct FormChoice: Sendable, Hashable {
  /// What is sent.
  public let value: String
  /// What is read.
  public let words: Words
  /// What to know before choosing it.
  public let hint: Words?
  /// A choice in words of the house.
  public init(_ value: some CustomStringConvertible, _ words: Words, hint: Words? = nil) {
    self.value = value.description
    self.words = words
    self.hint = hint
  }
  /// A row by its name, the same in every language.
  public init(
    _ value: some CustomStringConvertible, name: some CustomStringConvertible, hint: Words? = nil
  ) {
    self.init(value, Words(name.description), hint: hint)
  }
}

/// What is asked once more before it is done.
public struct Confirmation: Sendable, Hashable {
  /// The question, as the heading of a page of its own.
  public let title: Words
  /// What will happen, who is told.
  public let text: Words
  /// On the button that does it.
  public let button: Words
  public init(_ title: Words, _ text: Words, button: Words) {
    self.title = title
    self.text = text
    self.button = button
  }
}

/// Where a form leads when it was done, and what is said there.
public struct Success: Sendable, Hashable {
  /// Nil for the same page; parts in braces are fields of the answer: `/organisations/{id}`.
  public let page: String?
  /// Said above the next page, once.
  public let said: Words

  /// The same page again.
  public static func here(_ said: Words) -> Success { Success(page: nil, said: said) }
  /// Another page; parts in braces are fields of the answer.
  public static func page(_ path: String, _ said: Words) -> Success {
    Success(page: path, said: said)
  }
}

extension JSON {
  fileprivate var shownInID: String { text ?? (try? JSON.text(of: self)) ?? "" }
}
