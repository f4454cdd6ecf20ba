namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>An option that is set, and what it needs of the architecture, the task and the loss.</summary>
/// <param name="Option">The option's name, as messages and exceptions have it.</param>
/// <param name="Value">Its value, as messages show it.</param>
/// <param name="Needs">What it needs.</param>
/// <param name="Because">What it does with that, such as <c>skips residual blocks</c>; empty where the counterpart's words tell.</param>
/// <param name="Remedy">What else to do where it is missing; empty where the counterpart's words tell.</param>
internal readonly record struct Demand(string Option, object? Value, Capabilities Needs, string Because = "", string Remedy = "");
