namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The networks for tables that rows without labels can teach: those whose body becomes numbers of one row.</summary>
internal static class TableBodies
{
    /// <summary>Why a network cannot learn of a table's cells; null where it can.</summary>
    public static string? WhyNot(NetworkArchitecture architecture) => architecture switch
    {
        MlpArchitecture { HiddenSizes.Count: 0 } => "which has no hidden layer, and its last one is new in what follows",
        MlpArchitecture or RealMlpArchitecture or ResidualMlpArchitecture => null,
        _ => "which is none of Mlp, ResidualMlp, RealMlp and, for masked tokens, TextTransformer",
    };

    /// <summary>The network with one more hidden layer, as wide as the last one, in front of its outputs: the layers below need not give up what the task alone asks for.</summary>
    public static NetworkArchitecture WithHead(NetworkArchitecture architecture) => architecture switch
    {
        MlpArchitecture mlp => mlp with { HiddenSizes = [.. mlp.HiddenSizes, mlp.HiddenSizes[^1]] },
        RealMlpArchitecture mlp => mlp with { HiddenSizes = [.. mlp.HiddenSizes, mlp.HiddenSizes[^1]] },
        _ => architecture,
    };
}
