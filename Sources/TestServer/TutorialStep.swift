/// One exchange of the tutorial: what the client sends and what must come back.
public struct TutorialStep: Sendable {
    /// What the client sends, without the tag.
    public enum Action: Sendable, Hashable {
        /// Nothing: the greeting comes by itself.
        case greeting
        case command(String)
        /// AUTHENTICATE CRAM-MD5, spelt as given.
        case cramMD5(String)
        /// A command that ends in a synchronizing literal: its announced size and the octets that follow the
        /// continuation request, whose last line end closes the command.
        case literal(String, size: Int, octets: [UInt8])
        /// IDLE, ended by DONE as soon as the server idles.
        case idle
    }

    /// What the answer must be like.
    public enum Expectation: Sendable, Hashable {
        /// The tagged answer is OK and its text begins with this response code.
        case code(String)
        /// A line equal to this came.
        case line(String)
        /// A line that begins with this came.
        case prefix(String)
        /// A line that contains this came.
        case contains(String)
        /// So many lines begin with this.
        case count(Int, prefix: String)
        /// The numbers of the SEARCH response.
        case search([Int])
        /// The UIDs of the FETCH responses.
        case uids([Int])
        /// The literal of the answer is this.
        case literal([UInt8])
        /// The literal is kept under a name.
        case keepsLiteral(String)
        /// The literal is the one kept under a name.
        case sameLiteral(String)
        /// A tagged answer with a tag that is not the command's came.
        case strayTag(String)
    }

    /// The scenario it belongs to, for people.
    public var title: String
    public var tag: String
    public var action: Action
    public var expectations: [Expectation]

    init(_ title: String, _ tag: String, _ action: Action, _ expectations: [Expectation] = []) {
        self.title = title
        self.tag = tag
        self.action = action
        self.expectations = expectations
    }
}
