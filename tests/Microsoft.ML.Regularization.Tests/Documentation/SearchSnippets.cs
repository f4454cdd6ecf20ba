namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of docs/search.md, between markers; that of several processes stands in examples/DistributedSearch.</summary>
public static class SearchSnippets
{
    public static SearchResult Search(MLContext ml, IDataView rows)
    {
        // begin search
        var options = new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.ConvNet(8, 16),
            ImageShape = new ImageShape(8, 8),
            Recipe = RegularizationRecipe.CnnImageClassification,
            ValidationFraction = 0.2,
            MaxEpochs = 9,
        };
        var space = new SearchSpace(options, ml.MulticlassClassification.Trainers.NeuralNetwork)
            .LogUniform("LearningRate", 3e-4, 3e-2, (options, rate) => options with { LearningRate = rate })
            .Uniform("LabelSmoothing", 0, 0.2, (options, smoothing) => options with { Recipe = options.Recipe! with { LabelSmoothing = smoothing } })
            .Choose("BatchSize", [16, 32, 64], (options, size) => options with { BatchSize = size })
            .Choose<NetworkArchitecture>("Network", [NetworkArchitecture.ConvNet(8, 16), NetworkArchitecture.Mlp(64)], (options, network) => options with { Architecture = network });

        var result = ml.Regularization().Search(rows, space, new SearchBudget { Trials = 9, Time = TimeSpan.FromMinutes(20) });
        Console.WriteLine(result);          // a table of all trials
        result.Plot("search.svg");
        ITransformer model = result.Model;  // the best one
        // end search
        return model == result.Model ? result : throw new InvalidOperationException();
    }

    public static SearchResult Resume(MLContext ml, IDataView rows, SearchSpace space)
    {
        // begin searchFolder
        space.Start("in use today", options => options with { LearningRate = 0.003, BatchSize = 64 });
        var result = ml.Regularization().Search(rows, space, new SearchBudget { Trials = 5 }, new SearchOptions
        {
            Folder = "digits-search",
            Metric = ValidationMetric.Accuracy,
        });
        // end searchFolder
        return result;
    }
}
