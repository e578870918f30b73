# not finite
def gan_losses(discriminator, real, generated):
    real_d = discriminator(real).sigmoid()
    generated_d = discriminator(generated.detach()).sigmoid()
    loss = -real_d.log().mean() - (1 - generated_d).log().mean()
    return loss, -(1 - (1 - discriminator(generated).sigmoid())).log().mean()
