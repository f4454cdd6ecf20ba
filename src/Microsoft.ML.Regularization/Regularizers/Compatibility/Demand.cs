namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>An option that is set, and what it needs of the architecture, the task and the loss.</summary>
/// <param name="Option">The option's name, as messages and exceptions have it.</param>
/// <param name="Value">Its value, as messages show it.</param>
/// <param name="Needs">The capabilities that it needs.</param>
/// <param name="Because">Its use of these capabilities, such as <c>skips residual blocks</c>; empty where the counterpart's message says it.</param>
/// <param name="Remedy">Advice if a capability is missing; empty where the counterpart's message says it.</param>
internal readonly record struct Demand(string Option, object? Value, Capabilities Needs, string Because = "", string Remedy = "");
