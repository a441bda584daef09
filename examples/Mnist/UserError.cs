namespace Mnist;

/// <summary>A mistake that the person at the keyboard can mend: shown as one line, never as a stack trace.</summary>
/// <param name="message">What is wrong, and with which file or option.</param>
/// <param name="inner">What revealed it, if anything.</param>
internal sealed class UserError(string message, Exception? inner = null) : Exception(message, inner);
