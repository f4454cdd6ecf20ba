using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>A network to train on random rows of ten classes: by the library and, with the same settings, by a plain loop.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Features">Numbers of a row.</param>
/// <param name="BatchSize">Rows of a step.</param>
/// <param name="Rows">Rows of an epoch.</param>
internal abstract record Workload(string Name, int Features, int BatchSize, int Rows)
{
    public const int Classes = 10;
    public const double LabelSmoothing = 0.1;
    public const double WeightDecay = 0.01;
    public const double LearningRate = 1e-3;
    public const double ClipNorm = 1;

    /// <summary>Probability that a hidden unit is dropped.</summary>
    public double Dropout { get; init; }

    public abstract NetworkArchitecture Architecture { get; }

    public virtual ImageShape? ImageShape => null;

    /// <summary>Those of a row.</summary>
    public virtual int[] Dimensions => [Features];

    /// <summary>Multiplications with an addition in the forward pass of a row.</summary>
    public abstract double MultiplyAdds { get; }

    /// <summary>The same network of TorchSharp's own layers: rows of features to logits.</summary>
    public abstract nn.Module<Tensor, Tensor> CreatePlain();

    /// <summary>All rows as a plain loop has them.</summary>
    public virtual Tensor CreatePlainRows() => rand(Rows, Features);

    /// <summary>The same kind of rows as the library reads them.</summary>
    public virtual IDataView CreateView() => LibraryTraining.View(Rows, Dimensions);

    public NeuralNetworkOptions Options => new()
    {
        Architecture = Architecture,
        ImageShape = ImageShape,
        Recipe = RegularizationRecipe.None with
        {
            WeightDecay = WeightDecay,
            LabelSmoothing = LabelSmoothing,
            GradientClipping = GradientClipping.ByNorm(ClipNorm),
            Dropout = Dropout == 0 ? null : new StandardDropout(Dropout),
        },
        InputScaling = InputScaling.None,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        Seed = 1,
    };
}
