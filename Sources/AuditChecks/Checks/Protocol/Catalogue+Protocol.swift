extension Catalogue {
    static let protocolHealth: [any Check.Type] = [
        LiteralReadAsCommands.self,
        OctetsInjectedIntoString.self,
        UnboundedMessage.self,
        BareLineEnd.self,
        TagMismatch.self,
        LiteralCountWrong.self,
        ExpungeAtWrongTime.self,
        MailboxDataWithoutMailbox.self,
        UniqueIdentifierBroken.self,
        MalformedMailboxName.self,
        ControlCharacters.self,
        AlertWithMarkup.self,
        IdleTooLong.self,
        EarlyAutologout.self,
        ServerTrouble.self,
        FetchSetsSeen.self,
        ToleratedDeviation.self,
        RepetitiveCommands.self,
        SlowCommand.self,
    ]
}
