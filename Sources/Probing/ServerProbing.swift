import Traffic

/// Plays tests on a transport, one after the other, and counts the logins that fail.
public struct ServerProbing {
    public let target: ProbeTarget
    public private(set) var budget = LoginBudget()
    private let account: ProbeAccount?
    private let invented: InventedNames
    private let transport: any ProbeTransport
    private let patience: Duration
    private var reader = AnswerReader()

    /// More steps than any test has: an endless test would be a mistake here.
    private static let stepLimit = 64

    public init(
        target: ProbeTarget,
        account: ProbeAccount?,
        invented: InventedNames,
        transport: any ProbeTransport,
        patience: Duration = .seconds(10)
    ) {
        self.target = target
        self.account = account
        self.invented = invented
        self.transport = transport
        self.patience = patience
    }

    public mutating func run(_ test: ServerProbe) async -> ProbeVerdict {
        var step = test.begin(self.target)
        for _ in 0..<Self.stepLimit {
            switch step {
            case .done(let verdict):
                await self.transport.close()
                return verdict
            case .open(let offer, let then): step = then(await self.open(offer))
            case .send(let octets, let tag, let then):
                self.transport.send(octets)
                step = then(await self.answer(.tagged(tag)))
            case .handshake(let offer, let then):
                let behind = self.reader.pending
                self.reader = AnswerReader()
                step = then(await self.transport.handshake(offer), behind)
            case .login(let attempt, let then): step = then(await self.login(attempt))
            }
        }
        await self.transport.close()
        return ProbeVerdict(.notCheckable, "the test did not end within \(Self.stepLimit) steps")
    }

    private mutating func open(_ offer: TLSOffer?) async -> ProbeOpening {
        self.reader = AnswerReader()
        let nothing = ProbeAnswer(lines: [], ending: .closed)
        switch await self.transport.open(offer) {
        case .failed(let reason): return ProbeOpening(greeting: nothing, failure: reason)
        case .noTLS(let outcome): return ProbeOpening(tls: outcome, greeting: nothing)
        case .open(let tls):
            return ProbeOpening(tls: tls.map { .established($0) }, greeting: await self.answer(.greeting))
        }
    }

    private mutating func login(_ attempt: LoginAttempt) async -> ProbeAnswer? {
        let user = attempt == .invented ? self.invented.user : self.account?.user
        let password = attempt == .account ? self.account?.password : self.invented.password
        guard let user, let password, self.budget.take() else { return nil }
        self.transport.send(LoginLine.octets(tag: "L1", user: user, password: password))
        var answer = await self.answer(.tagged("L1"))
        // Many servers repeat the user, which is not what tells one answer from another.
        for index in answer.lines.indices {
            answer.lines[index].text = answer.lines[index].text.replacing(user, with: "‹user›")
        }
        if answer.isOK { self.budget.giveBack() }
        return answer
    }

    /// The time is that of the whole answer: a server that sends an octet now and then does not hold the run up.
    private mutating func answer(_ wanted: AnswerReader.Wanted) async -> ProbeAnswer {
        let deadline = ContinuousClock.now + self.patience
        while true {
            if let answer = self.reader.next(wanted) { return answer }
            switch await self.transport.receive(before: deadline) {
            case .octets(let octets): self.reader.receive(octets)
            case .closed: return self.reader.take(.closed)
            case .silent: return self.reader.take(.silent)
            }
        }
    }
}
