using Microsoft.ML.Data;
using static TorchSharp.torch.nn;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of docs/networks.md, between markers.</summary>
public static class NetworkSnippets
{
    public static IEstimator<ITransformer> ImageNetwork(MLContext ml)
    {
        // begin imageNetwork
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.ResNet(depth: 20),
            Recipe = RegularizationRecipe.CnnImageClassification,
            FeatureColumnName = "Pixels",
            ImageShape = new ImageShape(Height: 8, Width: 8),   // not needed behind ExtractPixels, whose column tells its shape
        });
        // end imageNetwork
        return trainer;
    }

    public static IEstimator<ITransformer> SequenceNetwork(MLContext ml)
    {
        // begin sequenceNetwork
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Lstm(hiddenSize: 32),
            Recipe = RegularizationRecipe.RnnLstm,
            FeatureColumnName = "Series",   // Vector<Single, steps, numbers of a step>
        });
        // end sequenceNetwork
        return trainer;
    }

    public static IEstimator<ITransformer> TextNetwork(MLContext ml)
    {
        // begin textNetwork
        var pipeline = ml.Transforms.Text.TokenizeIntoWords("Words", "Sentence")
            .Append(ml.Transforms.Conversion.MapValueToKey("Tokens", "Words", maximumNumberOfKeys: 10_000))
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.TextTransformer(width: 64, depth: 2, heads: 4, maxLength: 32),
                Recipe = RegularizationRecipe.TransformerNlp,
                FeatureColumnName = "Tokens",
            }));
        // end textNetwork
        return pipeline;
    }

    public static IEstimator<ITransformer> Categories(MLContext ml)
    {
        // begin categories
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.RealMlp(),
            CategoricalColumnNames = ["Category"],   // keys, as MapValueToKey makes them of texts
        });
        // end categories
        return trainer;
    }

    public static IEstimator<ITransformer> TabM(MLContext ml)
    {
        // begin tabM
        var trainer = ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.TabM(),   // the package of its authors has TabM(32, 512, 512), of eight times the work
        });
        // end tabM
        return trainer;
    }

    public static NetworkArchitecture EmbeddedNumbers()
    {
        // begin numericalEmbedding
        var architecture = NetworkArchitecture.Mlp(256, 256) with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(bins: 48, size: 16) };
        // end numericalEmbedding
        return architecture;
    }

    public static (IDataView Rows, IEstimator<ITransformer> Pipeline) Gaps(MLContext ml)
    {
        // begin gaps
        var options = new TextLoader.Options { Separators = [','], HasHeader = true, MissingRealsAsNaNs = true };   // else an empty cell is read as 0
        var houses = ml.Data.LoadFromTextFile<House>("houses.csv", options);
        var pipeline = ml.Transforms.Concatenate("Features", "Rooms", "Age")
            .Append(ml.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions { LabelColumnName = "Price" }));
        // end gaps
        return (houses, pipeline);
    }

    public static IEstimator<ITransformer> Subwords(MLContext ml)
    {
        // begin subwords
        var vocabulary = SubwordVocabulary.WordPiece("vocab.txt");   // BERT's, uncased; BytePairs("vocab.json", "merges.txt") reads GPT-2's
        var pipeline = ml.Transforms.Text.TokenizeIntoSubwords("Tokens", "Sentence", vocabulary)
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.TextTransformer(),
                Recipe = RegularizationRecipe.TransformerNlp,
                FeatureColumnName = "Tokens",
            }));
        // end subwords
        return pipeline;
    }

    public static IEstimator<ITransformer> CustomNetwork(MLContext ml)
    {
        // begin customNetwork
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Custom(new WideNetwork { Units = 32 }),
            Recipe = RegularizationRecipe.None with { WeightDecay = 0.01, LabelSmoothing = 0.1 },
        });
        // end customNetwork
        return trainer;
    }

    // begin customModule
    public sealed class WideNetwork : ICustomNetwork
    {
        public int Units { get; init; } = 64;   // kept in the model file

        public Module<Tensor, Tensor> Create(CustomNetworkInput input, int outputs) => Sequential(
            Linear(input.Numbers, Units), BatchNorm1d(Units), ReLU(), Dropout(0.1), Linear(Units, outputs));
    }
    // end customModule

    /// <summary>A row of houses.csv.</summary>
    public sealed class House
    {
        [LoadColumn(0)]
        public float Rooms { get; set; }

        [LoadColumn(1)]
        public float Age { get; set; }

        [LoadColumn(2)]
        public float Price { get; set; }
    }
}
