// IMAPSession
