import IMAPProtocol
import IMAPSession
import SASL
import Traffic

extension RecordWriter {
    mutating func write(_ outcome: AuthenticationOutcome) {
        self.part { part in
            part.write(outcome.mechanism)
            part.write(outcome.user)
            part.write(outcome.authorizationIdentity)
            part.write(outcome.status) { $0.write($1) }
            part.write(outcome.cancelled)
            part.write(outcome.verdict) { $0.write($1) }
            part.write(outcome.serverVerdict) { $0.write($1) }
            part.write(outcome.exchange)
            part.write(outcome.time)
            part.write(outcome.binding) { part, binding in
                part.write(binding.name)
                part.write(binding.client)
                part.write(binding.upstream) { $0.write($1) }
            }
        }
    }

    /// Secrets of a step are never written.
    mutating func write(_ step: SASLStep) {
        self.part { part in
            part.write(step.summary)
            part.write(step.user)
            part.write(step.authorizationIdentity)
            part.write(step.challenge)
            part.write(step.fields) { part, field in
                part.write(field.name)
                part.write(field.value)
            }
            part.write(step.problems) { part, problem in
                part.write(problem.text)
                part.write(problem.kind.rawValue)
            }
            part.write(step.maskedColumns) { $0.write($1) }
        }
    }

    private mutating func write(_ verdict: Verdict) {
        switch verdict {
        case .verified: self.write(0)
        case .wrong(let reason):
            self.write(1)
            self.write(reason)
        case .notCheckable(let reason):
            self.write(2)
            self.write(reason)
        }
    }

    private mutating func write(_ result: BindingVerdict.Result) {
        switch result {
        case .matches: self.write(0)
        case .differs: self.write(1)
        case .notCheckable(let reason):
            self.write(2)
            self.write(reason)
        }
    }
}

extension RecordReader {
    mutating func outcome() throws(Damage) -> AuthenticationOutcome {
        try self.part { (part: inout RecordReader) throws(Damage) in
            let mechanism = try part.string()
            let user = try part.optionalString()
            let identity = try part.optionalString()
            let status = try part.optional { (part) throws(Damage) in try part.status() }
            let cancelled = try part.bool()
            let verdict = try part.optional { (part) throws(Damage) in try part.verdict() }
            let serverVerdict = try part.optional { (part) throws(Damage) in try part.verdict() }
            let exchange = try part.int()
            var outcome = AuthenticationOutcome(
                mechanism: mechanism,
                user: user,
                authorizationIdentity: identity,
                status: status,
                cancelled: cancelled,
                verdict: verdict,
                serverVerdict: serverVerdict,
                exchange: exchange,
                time: try part.time()
            )
            outcome.binding = try part.optional { (part) throws(Damage) in
                let name = try part.string()
                let client = try part.bindingResult()
                return BindingVerdict(
                    name: name,
                    client: client,
                    upstream: try part.optional { (part) throws(Damage) in try part.bindingResult() }
                )
            }
            return outcome
        }
    }

    mutating func step() throws(Damage) -> SASLStep {
        try self.part { (part: inout RecordReader) throws(Damage) in
            let summary = try part.string()
            let user = try part.optionalString()
            let identity = try part.optionalString()
            let challenge = try part.optionalString()
            let fields = try part.array { (part) throws(Damage) in
                let name = try part.string()
                return SASLField(name, try part.string())
            }
            let problems = try part.array { (part) throws(Damage) in
                let text = try part.string()
                let kind = SASLProblem.Kind(rawValue: try part.string()) ?? .other
                return SASLProblem(text, kind: kind)
            }
            var step = SASLStep(
                summary,
                user: user,
                authorizationIdentity: identity,
                challenge: challenge,
                fields: fields,
                problems: problems
            )
            step.maskedColumns = try part.array { (part) throws(Damage) in try part.range() }
            return step
        }
    }

    private mutating func verdict() throws(Damage) -> Verdict {
        switch try self.unsigned() {
        case 0: .verified
        case 1: .wrong(reason: try self.string())
        case 2: .notCheckable(reason: try self.string())
        default: throw Damage()
        }
    }

    private mutating func bindingResult() throws(Damage) -> BindingVerdict.Result {
        switch try self.unsigned() {
        case 0: .matches
        case 1: .differs
        case 2: .notCheckable(reason: try self.string())
        default: throw Damage()
        }
    }
}
