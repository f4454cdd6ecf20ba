using System.Runtime.InteropServices;

namespace Microsoft.ML.Regularization.KilledTraining;

/// <summary>A search of small networks.</summary>
internal static class SearchProgram
{
    /// <param name="folder">The search's.</param>
    /// <param name="output">File for the best model's weights.</param>
    /// <returns>0; 2 where the search is refused, 3 where storage fails.</returns>
    public static int Run(string folder, string output)
    {
        var ml = new MLContext(seed: 1);
        var options = new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(8),
            Recipe = RegularizationRecipe.None,
            MaxEpochs = 9,
            ValidationFraction = 0.3,
        };
        var space = new SearchSpace(options, ml.MulticlassClassification.Trainers.NeuralNetwork)
            .LogUniform("LearningRate", 1e-3, 0.1, (options, rate) => options with { LearningRate = rate });
        try
        {
            var result = ml.Regularization().Search(ml.Data.LoadFromEnumerable(Row.Many(96)), space, new SearchBudget { Trials = 30 }, new SearchOptions { Folder = folder });
            using var file = File.Create(output);
            foreach (var tensor in result.Model.GetNeuralNetwork().Weights)
                file.Write(MemoryMarshal.AsBytes(tensor.Values.Span));
            return 0;
        }
        catch (Exception exception) when (exception is ArgumentException or IOException)
        {
            Console.WriteLine(exception.Message);
            return exception is IOException ? 3 : 2;
        }
    }
}
