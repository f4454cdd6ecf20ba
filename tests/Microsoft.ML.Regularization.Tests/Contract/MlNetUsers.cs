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

    /// <summary>
    /// Files outside the room that use others, and why: programs know these types, which must derive from ML.NET's own for pipelines, evaluators and
    /// prediction engines to take them.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Exceptions { get; } = new Dictionary<string, string>
    {
        ["Trainers/NeuralNetworkBinaryModelParameters.cs"] = "the distribution of a binary model, which calibrators ask for",
        ["Trainers/NeuralNetworkModelParameters.cs"] = "ModelParametersBase and the row mapper of feature contributions",
        ["Trainers/NeuralNetworkMulticlassModelParameters.cs"] = "the kind of prediction",
        ["Trainers/NeuralNetworkRegressionModelParameters.cs"] = "the kind of prediction",
        ["Trainers/NeuralNetworkTransformer.cs"] = "SingleFeaturePredictionTransformerBase",
        ["Trainers/NeuralNetworkBinaryTransformer.cs"] = "the scorer of true and false",
        ["Trainers/NeuralNetworkMulticlassTransformer.cs"] = "the scorer of classes",
        ["Trainers/NeuralNetworkRegressionTransformer.cs"] = "the scorer of numbers",
    };
}
