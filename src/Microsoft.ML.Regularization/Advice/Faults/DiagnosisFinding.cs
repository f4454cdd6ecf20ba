using Microsoft.ML.Regularization.Advice;

namespace Microsoft.ML.Regularization;

/// <summary>Something that is wrong: see <see cref="TrainingDiagnosis"/>.</summary>
public sealed record DiagnosisFinding
{
    /// <summary>What is wrong.</summary>
    public required TrainingFault Fault { get; init; }

    /// <summary>How much it matters.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The figures that say so.</summary>
    public required string Evidence { get; init; }

    /// <summary>The one change that promises most, in words.</summary>
    public required string Change { get; init; }

    /// <summary>The same as a change of the trainer's options; null where it is one of the rows.</summary>
    internal Func<NeuralNetworkOptions, NeuralNetworkOptions>? Options { get; init; }

    /// <summary>Whether the change is one of the trainer's options, which <see cref="TrainingDiagnosis.Prove"/> can try.</summary>
    public bool IsOfOptions => Options is not null;

    /// <summary>The trainer's options with the change.</summary>
    /// <param name="options">The options that the model was trained with.</param>
    /// <exception cref="InvalidOperationException">The change is one of the rows.</exception>
    public NeuralNetworkOptions Apply(NeuralNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Options is { } change ? change(options) : throw new InvalidOperationException($"{Fault} is mended in the rows, not by the trainer's options: {Change}.");
    }

    /// <summary>The change as C#, such as <c>options with { MaxEpochs = 400 }</c>; null where it is one of the rows.</summary>
    /// <param name="options">The options that the model was trained with.</param>
    public string? Code(NeuralNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Options is not null && CSharpText.Differences(Apply(options), options, "    ") is { Count: > 0 } set ? $"options with {{ {string.Join(", ", set)} }}" : null;
    }

    /// <summary>The finding in two lines; the same in every culture.</summary>
    public override string ToString() => $"{Severity}: {Fault}. {Evidence}.\n  {Change}.";
}
