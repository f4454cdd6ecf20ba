using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.Trainers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>What appends columns about a network's predictions to models.</summary>
public static class NetworkColumnsCatalog
{
    extension<TLastTransformer>(TransformerChain<TLastTransformer> model)
        where TLastTransformer : class, ITransformer
    {
        /// <summary>Appends columns about the predictions of a network to a fitted or loaded model; without a network of its own the estimator takes the model's last one.</summary>
        /// <param name="columns">From <c>ml.Transforms.MonteCarlo</c> or <c>ml.Transforms.MemberDeviation</c>.</param>
        /// <exception cref="ArgumentOutOfRangeException">Neither the estimator nor the model has a network, or there is nothing to tell about it.</exception>
        public TransformerChain<TTransformer> Append<TTransformer>(NetworkColumnsEstimator<TTransformer> columns)
            where TTransformer : NetworkColumnsTransformer
        {
            Contracts.CheckValue(model, nameof(model));
            return model.Append(Of(model, columns));
        }
    }

    extension(ITransformer model)
    {
        /// <summary>Appends columns about the predictions of a network to a fitted or loaded model; without a network of its own the estimator takes the model's last one.</summary>
        /// <param name="columns">From <c>ml.Transforms.MonteCarlo</c> or <c>ml.Transforms.MemberDeviation</c>.</param>
        /// <exception cref="ArgumentOutOfRangeException">Neither the estimator nor the model has a network, or there is nothing to tell about it.</exception>
        public TransformerChain<TTransformer> Append<TTransformer>(NetworkColumnsEstimator<TTransformer> columns)
            where TTransformer : NetworkColumnsTransformer
        {
            Contracts.CheckValue(model, nameof(model));
            return model.Append(Of(model, columns));
        }
    }

    private static TTransformer Of<TTransformer>(ITransformer model, NetworkColumnsEstimator<TTransformer> columns)
        where TTransformer : NetworkColumnsTransformer
    {
        Contracts.CheckValue(columns, nameof(columns));
        return columns.Of(ModelChain.FindNetwork(model), ModelChain.FeatureColumnOf(model));
    }
}
