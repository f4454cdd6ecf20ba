using Microsoft.ML.Regularization.Benchmarks.Efforts;

namespace Microsoft.ML.Regularization.Benchmarks.FewRows;

/// <summary>A fit of few rows of two classes, which costs little besides what every fit costs.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Rows">Rows of ten numbers.</param>
/// <param name="Options">The trainer's.</param>
internal sealed record FewRowsWorkload(string Name, int Rows, NeuralNetworkOptions Options)
{
    private const int Numbers = 10;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<FewRowsWorkload> All { get; } =
    [
        Of("Mlp, an epoch", NetworkArchitecture.Mlp(), epochs: 1),
        Of("Mlp, 100 epochs", NetworkArchitecture.Mlp(), epochs: 100),
        Of("Mlp(32), 100 epochs", NetworkArchitecture.Mlp(32), epochs: 100),
        Of("RealMlp, an epoch", NetworkArchitecture.RealMlp(), epochs: 1),
        Of("RealMlp, 100 epochs", NetworkArchitecture.RealMlp(), epochs: 100),
        Of("TabM, an epoch", NetworkArchitecture.TabM(), epochs: 1),
        Of("ResidualMlp, an epoch", NetworkArchitecture.ResidualMlp(), epochs: 1),
        new("Effort Quick", 300, new NeuralNetworkOptions { Effort = TrainingEffort.Quick }),
        new("Effort Standard", 300, new NeuralNetworkOptions { Effort = TrainingEffort.Standard }),
    ];

    /// <summary>The rows, the same in each process.</summary>
    public IDataView View() => new EffortWorkload(Name, Options, Rows, Numbers, Classes: 2).View();

    /// <summary>A new trainer, as programs that fit again and again make it.</summary>
    public IEstimator<ITransformer> Trainer() => new MLContext(seed: 1).BinaryClassification.Trainers.NeuralNetwork(Options);

    private static FewRowsWorkload Of(string name, NetworkArchitecture architecture, int epochs) => new(name, 300, new NeuralNetworkOptions
    {
        Architecture = architecture,
        MaxEpochs = epochs,
        Recipe = RegularizationRecipe.None with { WeightDecay = 0.02, Dropout = Dropout.Standard(0.1) },
        Seed = 1,
    });
}
