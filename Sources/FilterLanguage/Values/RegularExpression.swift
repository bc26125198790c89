import CPCRE2

/// A compiled regular expression of PCRE2 whose work is bounded: a pattern that backtracks without end stops at a limit
/// instead of stopping the program. Immutable, so any number of threads may use one.
public final class RegularExpression: Sendable {
    /// What trying a pattern came to.
    public enum Outcome: Sendable, Hashable {
        case found(Range<Int>)
        case notFound
        /// Given up: a limit on steps, depth or memory was reached.
        case gaveUp
    }

    /// Why a pattern is no regular expression.
    public struct Problem: Error, Hashable, Sendable {
        public var reason: String
        /// Octets of the pattern before the place that is wrong.
        public var offset: Int
    }

    /// Steps, nesting and kibibytes of one attempt. Far beyond what a sensible pattern takes on a line of mail, and a few
    /// milliseconds at most.
    private static let stepLimit: UInt32 = 100_000
    private static let depthLimit: UInt32 = 2_000
    private static let heapLimit: UInt32 = 4_096
    /// A pattern this long is a mistake.
    private static let longestPattern = 4_096

    // Written once before anything is shared, and only read by pcre2_match (pcre2api(3), “Multithreading”).
    private nonisolated(unsafe) let code: OpaquePointer
    private nonisolated(unsafe) let limits: OpaquePointer
    public let pattern: String

    /// Compiles `pattern`: upper and lower case are the same unless it says `(?-i)`; what is no UTF-8 in a subject matches
    /// nothing, and the rest of the subject still can.
    public init(_ pattern: String) throws(Problem) {
        self.pattern = pattern
        let octets = Array(pattern.utf8)
        guard octets.count <= Self.longestPattern else {
            throw Problem(reason: "it is longer than \(Self.longestPattern) octets", offset: Self.longestPattern)
        }
        let options =
            PCRE2_CASELESS | PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY
        var number: Int32 = 0
        var offset = 0
        guard let code = pcre2_compile_8(octets, octets.count, options, &number, &offset, nil),
            let limits = pcre2_match_context_create_8(nil)
        else { throw Problem(reason: Self.message(number), offset: offset) }
        pcre2_set_match_limit_8(limits, Self.stepLimit)
        pcre2_set_depth_limit_8(limits, Self.depthLimit)
        pcre2_set_heap_limit_8(limits, Self.heapLimit)
        self.code = code
        self.limits = limits
    }

    deinit {
        pcre2_code_free_8(self.code)
        pcre2_match_context_free_8(self.limits)
    }

    /// Looks for the pattern in `subject` from `start` on.
    public func search(_ subject: UnsafeRawBufferPointer, from start: Int = 0) -> Outcome {
        switch self.attempt(subject, from: start, options: 0) {
        case .found(let range): .found(range)
        case .notFound: .notFound
        case .isCut, .gaveUp: .gaveUp
        }
    }

    /// Where a match begins that may go on behind the end of `subject`, which is cut there; nil when none does. Where the
    /// search is given up, all that was not searched counts as one.
    public func cutMatch(in subject: UnsafeRawBufferPointer) -> Int? {
        // Half a character is no beginning of anything to PCRE2, but may be one.
        let whole = UnsafeRawBufferPointer(rebasing: subject[..<Self.wholeCharacters(subject)])
        var start = 0
        while true {
            switch self.attempt(whole, from: start, options: PCRE2_PARTIAL_HARD) {
            case .found(let range): start = max(range.upperBound, range.isEmpty ? start + 1 : 0)
            case .isCut(let beginning): return beginning
            case .gaveUp: return start
            case .notFound: return nil
            }
            if start > whole.count { return nil }
        }
    }

    private enum Attempt {
        case found(Range<Int>)
        case notFound
        case isCut(Int)
        case gaveUp
    }

    private func attempt(_ subject: UnsafeRawBufferPointer, from start: Int, options: UInt32) -> Attempt {
        guard start <= subject.count, let data = pcre2_match_data_create_8(1, nil) else { return .gaveUp }
        defer { pcre2_match_data_free_8(data) }
        // PCRE2 wants an address even for nothing.
        let octets = subject.baseAddress ?? UnsafeRawPointer(self.code)
        let result = pcre2_match_8(
            self.code,
            octets.assumingMemoryBound(to: UInt8.self),
            subject.count,
            start,
            options,
            data,
            self.limits
        )
        guard let ends = pcre2_get_ovector_pointer_8(data) else { return .gaveUp }
        switch result {
        case 0...: break
        case PCRE2_ERROR_PARTIAL: return .isCut(ends[0])
        case PCRE2_ERROR_NOMATCH: return .notFound
        default: return .gaveUp
        }
        // A `\K` in a look-ahead can put the beginning behind the end.
        return .found(min(ends[0], ends[1])..<ends[1])
    }

    /// How many octets of `subject` are there when a character of UTF-8 (RFC 3629) that its end cuts is left out.
    private static func wholeCharacters(_ subject: UnsafeRawBufferPointer) -> Int {
        for length in 1..<4 where length <= subject.count {
            let octet = subject[subject.count - length]
            if octet & 0xC0 == 0x80 { continue }
            let wanted = octet >= 0xF0 ? 4 : octet >= 0xE0 ? 3 : octet >= 0xC0 ? 2 : 1
            return wanted > length ? subject.count - length : subject.count
        }
        return subject.count
    }

    private static func message(_ number: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 160)
        let length = pcre2_get_error_message_8(number, &buffer, buffer.count)
        return length > 0 ? String(decoding: buffer[..<Int(length)], as: UTF8.self) : "error \(number) of PCRE2"
    }
}
