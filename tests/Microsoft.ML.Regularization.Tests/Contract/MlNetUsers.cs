namespace Microsoft.ML.Regularization.Tests.Contract;

/// <summary>Who may use which internals of ML.NET. All are used by the room MLNet, which the others stand on.</summary>
internal static class MlNetUsers
{
    /// <summary>What every room may use: words for errors, log lines and columns, and what the catalogs and the model files are known by.</summary>
    public static IReadOnlySet<string> Vocabulary { get; } = new HashSet<string>
    {
        "Microsoft.ML.Runtime.Contracts",
        "Microsoft.ML.Runtime.HostExtensions",
        "Microsoft.ML.SchemaShape",
        "Microsoft.ML.SchemaShape+Column",
        "Microsoft.ML.Data.CatalogUtils",
        "Microsoft.ML.Data.IInternalCatalog",
        "Microsoft.ML.LoadableClassAttribute",
        "Microsoft.ML.SignatureLoadModel",
    };

    /// <summary>Files outside the room that use others.</summary>
    public static IReadOnlySet<string> Exceptions { get; } = new HashSet<string>
    {
        "Trainers/ModelChain.cs",
        "Trainers/NeuralNetworkBinaryModelParameters.cs",
        "Trainers/NeuralNetworkBinaryTransformer.cs",
        "Trainers/NeuralNetworkModelParameters.cs",
        "Trainers/NeuralNetworkMulticlassModelParameters.cs",
        "Trainers/NeuralNetworkMulticlassTransformer.cs",
        "Trainers/NeuralNetworkRegressionModelParameters.cs",
        "Trainers/NeuralNetworkRegressionTransformer.cs",
        "Trainers/NeuralNetworkTrainer.cs",
        "Trainers/NeuralNetworkTransformer.cs",
    };
}
